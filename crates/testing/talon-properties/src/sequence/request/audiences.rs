//! Generated requests: members of audiences.

use arbitrary::{Result, Unstructured};
use talon_core::model::AudienceChangeAction;
use talon_core::prelude::*;
use talon_fake::Fake;

use super::{GenerateRequest, attributes};
use crate::sequence::expected::Expected;
use crate::sequence::values::{AUDIENCES, KnownCodes, PROFILES, once_in, one_of, up_to};

impl GenerateRequest for UpdateCustomerProfileAudiences {
    fn generate(bytes: &mut Unstructured<'_>, _: &KnownCodes) -> Result<Self> {
        // The last id is unknown.
        let ids = [AUDIENCES, AUDIENCES, &[9]].concat();
        let changes = up_to(bytes, 3, |bytes| {
            let (audience, profile) = (one_of(bytes, &ids)?, one_of(bytes, PROFILES)?);
            let deletes = once_in(bytes, 3)?;
            let change = if deletes { AudienceChange::delete } else { AudienceChange::add };
            Ok(change(audience, profile))
        })?;
        Ok(Self::new(CustomerProfileAudienceChanges::new(changes)))
    }

    fn record(&self, (): &(), _: &Fake, expected: &mut Expected, _: &mut KnownCodes) {
        for change in self.changes.data.iter().flatten() {
            let member = (change.profile_integration_id.clone(), change.audience_id);
            if change.action == AudienceChangeAction::Add {
                expected.members.insert(member);
            } else {
                expected.members.remove(&member);
            }
        }
    }
}

impl GenerateRequest for DeleteAudienceMembershipsV2 {
    fn generate(bytes: &mut Unstructured<'_>, _: &KnownCodes) -> Result<Self> {
        Ok(Self::new(one_of(bytes, AUDIENCES)?))
    }

    fn record(&self, (): &(), _: &Fake, expected: &mut Expected, _: &mut KnownCodes) {
        expected.members.retain(|(_, audience)| *audience != self.audience_id);
    }
}

impl GenerateRequest for UpdateAudienceV2 {
    fn generate(bytes: &mut Unstructured<'_>, _: &KnownCodes) -> Result<Self> {
        let name = one_of(bytes, &["", "Friends", "Regulars"])?;
        Ok(Self::new(one_of(bytes, AUDIENCES)?, AudienceUpdate::new(name)))
    }
}

impl GenerateRequest for UpdateAudienceCustomersAttributes {
    fn generate(bytes: &mut Unstructured<'_>, _: &KnownCodes) -> Result<Self> {
        Ok(Self::new(one_of(bytes, AUDIENCES)?, attributes(bytes)?))
    }
}
