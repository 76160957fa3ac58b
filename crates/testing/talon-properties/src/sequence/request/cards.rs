//! Generated requests: loyalty cards and the profiles that share them.

use arbitrary::{Result, Unstructured};
use talon_core::model::{LoyaltyCard, LoyaltyCardStatus};
use talon_core::prelude::*;
use talon_fake::Fake;

use super::GenerateRequest;
use crate::sequence::expected::Expected;
use crate::sequence::values::{
    CARD_PROGRAM, CARDS, KnownCodes, LEDGERS, PROFILES, PROGRAMS, SESSIONS, maybe, one_of, up_to,
};

impl GenerateRequest for GenerateLoyaltyCard {
    fn generate(bytes: &mut Unstructured<'_>, _: &KnownCodes) -> Result<Self> {
        let profiles = up_to(bytes, 3, |bytes| one_of(bytes, PROFILES))?;
        let card = NewLoyaltyCard {
            status: maybe(bytes, |bytes| one_of(bytes, LoyaltyCardStatus::KNOWN))?,
            customer_profile_ids: Some(profiles.into_iter().map(Into::into).collect()),
            card_identifier: maybe(bytes, |bytes| one_of(bytes, CARDS))?.map(Into::into),
        };
        Ok(Self::new(one_of(bytes, PROGRAMS)?, card))
    }

    fn record(&self, reply: &LoyaltyCard, _: &Fake, expected: &mut Expected, _: &mut KnownCodes) {
        let profiles = self.card.customer_profile_ids.iter().flatten().cloned().collect();
        let is_active = reply.status == LoyaltyCardStatus::Active;
        let before = expected.cards.insert(reply.identifier.clone(), (is_active, profiles));
        assert_eq!(before, None, "the identifier {} is taken", reply.identifier);
    }
}

impl GenerateRequest for LinkLoyaltyCardToProfile {
    fn generate(bytes: &mut Unstructured<'_>, _: &KnownCodes) -> Result<Self> {
        Ok(Self::new(CARD_PROGRAM, one_of(bytes, CARDS)?, registration(bytes)?))
    }

    fn record(&self, _: &LoyaltyCard, _: &Fake, expected: &mut Expected, _: &mut KnownCodes) {
        let card = expected.cards.get_mut(self.card_id.as_str()).expect("the card was linked");
        card.1.insert(self.registration.integration_id.clone());
    }
}

impl GenerateRequest for UnlinkLoyaltyCardFromProfile {
    fn generate(bytes: &mut Unstructured<'_>, _: &KnownCodes) -> Result<Self> {
        Ok(Self::new(CARD_PROGRAM, one_of(bytes, CARDS)?, registration(bytes)?))
    }

    fn record(&self, _: &LoyaltyCard, _: &Fake, expected: &mut Expected, _: &mut KnownCodes) {
        let card = expected.cards.get_mut(self.card_id.as_str()).expect("the card was linked");
        let profile = &self.registration.integration_id;
        assert!(card.1.remove(profile), "{profile} was not linked to {}", self.card_id);
    }
}

impl GenerateRequest for GetLoyaltyCardBalances {
    fn generate(bytes: &mut Unstructured<'_>, _: &KnownCodes) -> Result<Self> {
        let subledgers = up_to(bytes, 2, |bytes| one_of(bytes, LEDGERS))?;
        Ok(Self::new(CARD_PROGRAM, one_of(bytes, CARDS)?).subledger_ids(subledgers))
    }
}

/// Points keep their number and become active: the balances of ledgers do not change.
impl GenerateRequest for ActivateLoyaltyPoints {
    fn generate(bytes: &mut Unstructured<'_>, _: &KnownCodes) -> Result<Self> {
        let points = LoyaltyPointsActivation::of_session(one_of(bytes, SESSIONS)?);
        Ok(Self::new(one_of(bytes, PROGRAMS)?, points))
    }
}

fn registration(bytes: &mut Unstructured<'_>) -> Result<LoyaltyCardRegistration> {
    Ok(LoyaltyCardRegistration::new(one_of(bytes, PROFILES)?))
}
