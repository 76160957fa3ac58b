//! Generated requests: referrals.

use arbitrary::{Result, Unstructured};
use talon_core::model::Referral;
use talon_core::prelude::*;
use talon_fake::Fake;

use super::GenerateRequest;
use crate::sequence::expected::Expected;
use crate::sequence::values::{CAMPAIGNS, KnownCodes, PROFILES, maybe, one_of};

impl GenerateRequest for CreateReferral {
    fn generate(bytes: &mut Unstructured<'_>, _: &KnownCodes) -> Result<Self> {
        let mut referral = NewReferral::new(one_of(bytes, CAMPAIGNS)?, one_of(bytes, PROFILES)?);
        referral.usage_limit = maybe(bytes, |bytes| bytes.int_in_range(-1..=2))?;
        referral.friend_profile_integration_id =
            maybe(bytes, |bytes| one_of(bytes, PROFILES))?.map(Into::into);
        Ok(Self::new(referral))
    }

    fn record(&self, reply: &Referral, _: &Fake, _: &mut Expected, codes: &mut KnownCodes) {
        codes.referrals.push(reply.code.clone());
    }
}
