//! What each operation does: one `impl Execute` per operation, in a file per noun.

use talon_core::model::ResponseContent;
use talon_core::{ApiError, CampaignId, Operation};

use crate::engine::outcome::EvaluationOptions;
use crate::state::Transaction;

mod achievements;
mod audiences;
mod campaigns;
mod cards;
mod catalogs;
mod coupons;
mod events;
mod loyalty;
mod profiles;
mod referrals;
mod reply;
mod sessions;
mod validate;

#[cfg(feature = "serve")]
pub(crate) use loyalty::entries::transaction as loyalty_transaction;
#[cfg(feature = "serve")]
pub(crate) use reply::achievements::progress as achievement_progress;

/// How the fake answers an operation.
pub(crate) trait Execute: Operation {
    /// Whether the request asks to store nothing.
    fn is_dry(&self) -> bool {
        false
    }

    /// Reads and writes within the transaction, which is dropped on a refusal and on a dry run.
    ///
    /// [`Transaction::is_dry`] says whether it is a dry run: an API key for tests makes one of any
    /// request.
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<Self::Reply, ApiError>;
}

/// Members that replies to updates of profiles and to events of V2 may have on request. All but the
/// profile need rules that run.
const CONTENT_OUTSIDE_SESSIONS: &[ResponseContent] = &[
    ResponseContent::CustomerProfile,
    ResponseContent::TriggeredCampaigns,
    ResponseContent::Loyalty,
    ResponseContent::Event,
    ResponseContent::AwardedGiveaways,
    ResponseContent::RuleFailureReasons,
    ResponseContent::CampaignEligibility,
    ResponseContent::Achievements,
];

/// Options of an evaluation that a request may ask for; only a dry run has them.
fn evaluation_options<'a>(
    is_dry: bool,
    only: Option<&'a [CampaignId]>,
    content: &[ResponseContent],
) -> EvaluationOptions<'a> {
    EvaluationOptions {
        only: only.filter(|_| is_dry),
        eligibility: is_dry && content.contains(&ResponseContent::CampaignEligibility),
        ..EvaluationOptions::default()
    }
}
