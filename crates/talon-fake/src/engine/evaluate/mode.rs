//! Evaluation modes: which one of the campaigns that run is evaluated, where not all of them are.

use talon_core::effect::Effect;
use talon_core::{Amount, CampaignId};

use super::Evaluator;
use crate::engine::limits::discount_of;
use crate::rules::Facts;
use crate::state::{StoredCampaign, Transaction};
use crate::world::EvaluationMode;

/// Why a campaign that a dry run does not name is not evaluated.
pub(super) const NOT_IN_THE_SET: &str = "CampaignNotInEvaluationSet";

/// The campaign that is evaluated alone; `None` for all of them.
///
/// Each is evaluated as if there were no other. Where none has an effect, all are evaluated, so
/// that rejections of their codes have reasons.
pub(super) fn chosen(
    tx: &Transaction<'_>,
    facts: &Facts<'_>,
    campaigns: &[&StoredCampaign],
    awarded: &[Effect],
) -> Option<CampaignId> {
    let mode = tx.state.evaluation_mode;
    if mode == EvaluationMode::Stackable {
        return None;
    }
    let mut tried = campaigns.iter().filter_map(|campaign| {
        let discount = discount_alone(tx, facts, campaign, awarded)?;
        Some((campaign.id(), discount))
    });
    let chosen = match mode {
        EvaluationMode::Stackable | EvaluationMode::ListOrder => tried.next(),
        // The first of several that are equal.
        EvaluationMode::HighestDiscount => {
            tried.reduce(|best, next| if next.1 > best.1 { next } else { best })
        }
        EvaluationMode::LowestDiscount => {
            tried.reduce(|best, next| if next.1 < best.1 { next } else { best })
        }
    };
    chosen.map(|(id, _)| id)
}

/// The discounts of a campaign that is evaluated alone; `None` when it has no effect.
fn discount_alone(
    tx: &Transaction<'_>,
    facts: &Facts<'_>,
    campaign: &StoredCampaign,
    awarded: &[Effect],
) -> Option<Amount> {
    let mut evaluator = Evaluator::new(tx, facts, awarded);
    evaluator.campaign(campaign);
    let found = evaluator.found;
    let effects = found.effects.iter().map(|effect| discount_of(&effect.kind));
    (!found.triggered.is_empty()).then(|| effects.sum())
}

/// Why a campaign that another one was chosen over is not evaluated; no reason is published for a
/// campaign that gives more.
pub(super) fn exclusion(mode: EvaluationMode) -> Option<&'static str> {
    match mode {
        EvaluationMode::Stackable | EvaluationMode::ListOrder => Some("CampaignIsNotFirst"),
        EvaluationMode::HighestDiscount => Some("CampaignGaveLowerDiscount"),
        EvaluationMode::LowestDiscount => None,
    }
}
