//! Changes of members of audiences, and of attributes of the members.

use talon_core::ApiError;
use talon_core::model::{AudienceChange, AudienceChangeAction};
use talon_core::operations::{UpdateAudienceCustomersAttributes, UpdateCustomerProfileAudiences};

use crate::engine::audiences;
use crate::operations::Execute;
use crate::operations::validate::Problems;
use crate::state::Transaction;

const MAX_CHANGES: usize = 1000;

impl Execute for UpdateCustomerProfileAudiences {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<(), ApiError> {
        let changes = self.changes.data.as_deref();
        check(changes)?;
        let changes = changes.unwrap_or_default();
        for change in changes {
            tx.expect_audience(change.audience_id)?;
        }
        for AudienceChange { action, profile_integration_id: profile, audience_id } in changes {
            if *action == AudienceChangeAction::Delete {
                audiences::leave(tx, profile, *audience_id);
            } else {
                tx.profile_or_hidden(profile);
                audiences::join(tx, profile, *audience_id);
            }
        }
        Ok(())
    }
}

fn check(changes: Option<&[AudienceChange]>) -> Result<(), ApiError> {
    let mut problems = Problems::new();
    let Some(changes) = changes else {
        problems.add("/data", "required", "the changes are missing");
        return problems.finish();
    };
    if changes.len() > MAX_CHANGES {
        problems.add("/data", "maxItems", format!("at most {MAX_CHANGES} changes"));
        return problems.finish();
    }
    for (index, change) in changes.iter().enumerate() {
        if !change.action.is_known() {
            let pointer = format!("/data/{index}/action");
            problems.add(pointer, "enum", "must be \"add\" or \"delete\"");
        }
        let pointer = format!("/data/{index}/profileIntegrationId");
        problems.id(&pointer, change.profile_integration_id.as_str());
    }
    problems.finish()
}

impl Execute for UpdateAudienceCustomersAttributes {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<(), ApiError> {
        let declared = tx.state.schema.profile.as_ref();
        let mut problems = Problems::new();
        let attributes = Some(&self.attributes);
        problems.attributes(String::new, "CustomerProfile", declared, attributes);
        problems.finish()?;
        tx.expect_audience(self.audience_id)?;
        for member in &tx.members(self.audience_id).profiles {
            if let Some(stored) = tx.profile_mut(member) {
                stored.profile.attributes.merge(&self.attributes);
            }
        }
        Ok(())
    }
}
