//! Generated requests: updates and reads of profiles.

use arbitrary::{Result, Unstructured};
use talon_core::model::CustomerProfileUpdate;
use talon_core::prelude::*;
use talon_fake::Fake;

use super::{GenerateRequest, attributes, dry};
use crate::sequence::expected::{Expected, effects_of_event};
use crate::sequence::values::{AUDIENCES, KnownCodes, PROFILES, maybe, one_of, up_to};

impl GenerateRequest for UpdateCustomerProfile {
    fn generate(bytes: &mut Unstructured<'_>, _: &KnownCodes) -> Result<Self> {
        let (id, profile) = (one_of(bytes, PROFILES)?, profile(bytes)?);
        Ok(Self { dry: dry(bytes)?, ..Self::new(id, profile) })
    }

    fn is_dry(&self) -> bool {
        self.dry == Some(true)
    }

    fn record(
        &self,
        reply: &IntegrationState,
        fake: &Fake,
        expected: &mut Expected,
        codes: &mut KnownCodes,
    ) {
        expected.update_audiences(&self.profile_id, self.profile.audiences_changes.as_ref());
        let effects = effects_of_event(&reply.event, None);
        expected.update_profile(fake, &self.profile_id, &effects);
        codes.add_created(&effects);
    }
}

impl GenerateRequest for UpdateCustomerProfileV2 {
    fn generate(bytes: &mut Unstructured<'_>, _: &KnownCodes) -> Result<Self> {
        let (id, profile) = (one_of(bytes, PROFILES)?, profile(bytes)?);
        let run_rule_engine = maybe(bytes, |bytes| one_of(bytes, &[false, true]))?;
        Ok(Self { run_rule_engine, dry: dry(bytes)?, ..Self::new(id, profile) })
    }

    fn is_dry(&self) -> bool {
        // Without rules the fake ignores `dry`.
        self.dry == Some(true) && self.run_rule_engine == Some(true)
    }

    fn record(
        &self,
        reply: &CustomerProfileUpdate,
        fake: &Fake,
        expected: &mut Expected,
        codes: &mut KnownCodes,
    ) {
        expected.update_audiences(&self.profile_id, self.profile.audiences_changes.as_ref());
        let effects = reply.effects.as_deref().unwrap_or_default();
        expected.update_profile(fake, &self.profile_id, effects);
        codes.add_created(effects);
    }
}

impl GenerateRequest for DeleteCustomerData {
    fn generate(bytes: &mut Unstructured<'_>, _: &KnownCodes) -> Result<Self> {
        Ok(Self::new(one_of(bytes, PROFILES)?))
    }
}

impl GenerateRequest for GetCustomerInventory {
    fn generate(bytes: &mut Unstructured<'_>, _: &KnownCodes) -> Result<Self> {
        let all = Self::new(one_of(bytes, PROFILES)?).profile(true).referrals(true).coupons(true);
        Ok(all.loyalty(true).giveaways(true).achievements(true))
    }
}

fn profile(bytes: &mut Unstructured<'_>) -> Result<NewCustomerProfile> {
    // The last id is unknown.
    let ids = [AUDIENCES, &[9]].concat();
    let audiences =
        |bytes: &mut Unstructured<'_>| up_to(bytes, 2, |bytes| one_of(bytes, &ids).map(Into::into));
    let changes = |bytes: &mut Unstructured<'_>| {
        Ok(ProfileAudiencesChanges { adds: audiences(bytes)?, deletes: audiences(bytes)? })
    };
    Ok(NewCustomerProfile {
        attributes: maybe(bytes, attributes)?,
        audiences_changes: maybe(bytes, changes)?,
        ..NewCustomerProfile::default()
    })
}
