//! An implementation that does not send changes.

use std::sync::Arc;

use talon_core::api::Call;
use talon_core::operation::RetrySafety;
use talon_core::{IntegrationApi, Result, implement_api};

use super::capability::skip;
use crate::Capability;

/// Skips a case before it sends a request that changes data.
#[derive(Debug)]
pub(super) struct ReadOnly(pub(super) Arc<dyn IntegrationApi>);

implement_api!(for ReadOnly, |api, request| call(&*api.0, request).await);

async fn call<O: Call>(api: &dyn IntegrationApi, request: O) -> Result<O::Reply> {
    if !changes_nothing(&request) {
        skip(Capability::Write);
    }
    request.call(api).await
}

/// Whether the operation only reads, the request is a dry run, or the request cannot be sent.
fn changes_nothing<O: Call>(request: &O) -> bool {
    let Ok(target) = request.target() else { return true };
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let has = |wanted| query.split('&').any(|pair| pair == wanted);
    // Without rules, an update of a profile ignores `dry`.
    let is_dry = !O::INFO.query.contains(&"runRuleEngine") || has("runRuleEngine=true");
    O::INFO.retry == RetrySafety::ReadOnly || (has("dry=true") && is_dry)
}

#[cfg(test)]
mod tests {
    use talon_core::prelude::*;

    use super::*;

    #[test]
    fn reading_and_dry_runs_change_nothing() {
        let session = UpdateCustomerSession::new("cart-1", NewCustomerSession::default());
        let profile = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());

        assert!(changes_nothing(&GetCustomerInventory::new("anna")));
        assert!(changes_nothing(&session.clone().dry(true)));
        assert!(changes_nothing(&profile.clone().run_rule_engine(true).dry(true)));
        assert!(changes_nothing(&DeleteCustomerData::new("..")));
        assert!(!changes_nothing(&session.dry(false)));
        assert!(!changes_nothing(&profile.dry(true)));
        assert!(!changes_nothing(&DeleteCustomerData::new("anna")));
    }
}
