//! `updateCustomerProfilesV2`.

use talon_core::ApiError;
use talon_core::model::{
    CustomerProfileBatchItem, CustomerProfileBatchReply, CustomerProfileState,
};
use talon_core::operation::YesNo;
use talon_core::operations::UpdateCustomerProfilesV2;

use crate::operations::Execute;
use crate::operations::validate::Problems;
use crate::state::Transaction;

const MAX_PROFILES: usize = 1000;

impl Execute for UpdateCustomerProfilesV2 {
    fn execute(
        &self,
        tx: &mut Transaction<'_>,
    ) -> Result<Option<CustomerProfileBatchReply>, ApiError> {
        let profiles = self.batch.customer_profiles.as_deref().unwrap_or_default();
        check(tx, profiles)?;
        let update = |item: &CustomerProfileBatchItem| {
            let stored = tx.profile_or_new(&item.integration_id);
            if let Some(attributes) = &item.attributes {
                stored.profile.attributes.merge(attributes);
            }
            let customer_profile = stored.clone();
            let customer_profile = tx.with_memberships(&customer_profile).into_owned();
            CustomerProfileState { customer_profile }
        };
        let states: Vec<_> = profiles.iter().map(update).collect();
        let reply = CustomerProfileBatchReply { integration_states: Some(states) };
        Ok((self.silent == Some(YesNo::No)).then_some(reply))
    }
}

fn check(tx: &Transaction<'_>, profiles: &[CustomerProfileBatchItem]) -> Result<(), ApiError> {
    let mut problems = Problems::new();
    if profiles.len() > MAX_PROFILES {
        let details = format!("at most {MAX_PROFILES} profiles");
        problems.add("/customerProfiles", "maxItems", details);
        return problems.finish();
    }
    let declared = tx.state.schema.profile.as_ref();
    for (index, item) in profiles.iter().enumerate() {
        let pointer = format!("/customerProfiles/{index}");
        problems.id(&format!("{pointer}/integrationId"), item.integration_id.as_str());
        let attributes = item.attributes.as_ref();
        let pointer = || format!("{pointer}/attributes");
        problems.attributes(pointer, "CustomerProfile", declared, attributes);
    }
    problems.finish()
}
