//! Budgets of discount.

use talon_core::effect::{Effect, EffectKind};
use talon_core::model::{Coupon, LimitAction};

use super::discount_of;
use crate::state::{StoredCampaign, Transaction};

/// Whether the discounts among `wanted` keep the coupon's and the campaign's discount budgets,
/// after what earlier rules of this evaluation gave and closed sessions used up.
pub(super) fn allows(
    tx: &Transaction<'_>,
    campaign: &StoredCampaign,
    coupon: Option<&Coupon>,
    given: &[Effect],
    wanted: &[EffectKind],
) -> bool {
    let wanted = discount_of(wanted.iter());
    if wanted.is_zero() {
        return true;
    }
    let by_coupon = coupon.is_none_or(|coupon| {
        let given = given.iter().filter(|effect| effect.triggered_by_coupon == Some(coupon.id));
        let used = coupon.discount_counter.unwrap_or_default();
        let sum = used + discount_of(given.map(|effect| &effect.kind)) + wanted;
        coupon.discount_limit.is_none_or(|limit| sum <= limit)
    });
    let mine = given.iter().filter(|effect| effect.campaign_id == campaign.id());
    let sum =
        tx.counts(campaign.id()).discount + discount_of(mine.map(|effect| &effect.kind)) + wanted;
    let mut limits = campaign
        .campaign
        .limits
        .iter()
        .filter(|limit| limit.action == LimitAction::SetDiscount && limit.entities.is_empty());
    by_coupon && limits.all(|limit| sum <= limit.limit)
}
