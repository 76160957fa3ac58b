//! Referral codes: creation, redemption and limits.

pub(crate) mod batch_refusals;
pub(crate) mod batches;
pub(crate) mod creation;
pub(crate) mod limits;
pub(crate) mod redemption;

use talon_core::model::ReferralList;

use crate::prelude::*;

/// A world whose campaign creates referral codes.
pub(crate) fn campaigns() -> Seed {
    seed::of(seed::friends_campaign())
}

/// A request for a code of each of these advocates.
pub(crate) fn batch(advocates: &[&str]) -> NewReferralBatch {
    NewReferralBatch::new(seed::CAMPAIGN, advocates.iter().copied())
}

/// Creates the codes of a batch and requests a reply with a body.
pub(crate) async fn create_batch(world: &World, batch: NewReferralBatch) -> ReferralList {
    let request = CreateReferralsForMultipleAdvocates::new(batch).silent(false);
    let reply = world.api.create_referrals_for_multiple_advocates(request).await;
    reply.expect("the codes are created").expect("it is not silent")
}
