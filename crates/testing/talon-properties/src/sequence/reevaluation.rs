//! Campaigns that a return evaluates again.

use std::collections::BTreeMap;

use talon_core::CampaignId;
use talon_core::effect::{Effect, EffectKind};
use talon_core::model::CustomerSessionV2;
use talon_fake::Campaign;
use talon_fake::rules::Reward;

use super::closed_session::{BookedEffect, ClosedSession};

type Campaigns = BTreeMap<CampaignId, Campaign>;

/// Checks the effects of a return that do not belong to the returned units: their campaigns have
/// `reevaluate_on_return`; all effects of such a campaign are rolled back; and the new effects are
/// others than the old ones.
///
/// `before` is the session before the return. `closed` has the effects that stay, `undone` those that
/// are rolled back.
pub(super) fn check(
    campaigns: &Campaigns,
    before: &CustomerSessionV2,
    closed: &ClosedSession,
    (undone, new): (&[BookedEffect], &[Effect]),
) {
    let is_of_units =
        |effect: &&Effect| is_of_returned_units(before, &closed.session, &effect.kind);
    let undone = undone.iter().map(|booked| &booked.effect);
    let replaced: Vec<_> = undone.filter(|effect| !is_of_units(effect)).collect();
    for effect in replaced.iter().copied().chain(new) {
        assert!(campaigns[&effect.campaign_id].reevaluate_on_return, "{effect:?}");
    }
    for id in campaigns.keys() {
        let of_campaign = |effect: &&Effect| effect.campaign_id == *id;
        let replaced: Vec<_> = replaced.iter().copied().filter(of_campaign).collect();
        let new: Vec<_> = new.iter().filter(of_campaign).collect();
        if replaced.is_empty() && new.is_empty() {
            continue;
        }
        let stays = closed.effects().filter(of_campaign).find(|it| is_always_rolled_back(&it.kind));
        assert!(stays.is_none(), "{stays:?} stays in addition to {new:?}");
        assert_ne!(sorted(&replaced), sorted(&new), "the effects are rolled back and repeated");
    }
}

/// Checks that the effects of a rule that are never rolled back are not more than those of one
/// evaluation.
pub(super) fn assert_not_repeated(campaigns: &Campaigns, closed: &ClosedSession) {
    let mut counts = BTreeMap::<_, usize>::new();
    for effect in closed.effects().filter(|effect| campaigns.contains_key(&effect.campaign_id)) {
        let key = (effect.campaign_id, effect.rule_index, effect.kind.effect_type());
        *counts.entry(key).or_default() += 1;
    }
    // A rule about coupons is evaluated for each of them.
    let coupons = closed.session.coupon_codes.as_ref().map_or(0, Vec::len).max(1);
    for ((campaign, rule, kind), count) in counts {
        // A rejected code may belong to no rule.
        let Ok(index) = usize::try_from(rule) else { continue };
        let rewards = campaigns[&campaign].rules[index].then.iter();
        let rewards = rewards.filter(|reward| permanent_effect(reward) == Some(kind)).count();
        assert!(rewards == 0 || count <= rewards * coupons, "{kind} of {campaign}/{rule}: {count}");
    }
}

/// The effect type of a reward that is never rolled back.
fn permanent_effect(reward: &Reward) -> Option<&'static str> {
    match reward {
        Reward::AddFreeItem(_) => Some("addFreeItem"),
        Reward::CreateCoupon => Some("couponCreated"),
        Reward::CreateReferral => Some("referralCreated"),
        Reward::AwardGiveaway(_) => Some("awardGiveaway"),
        Reward::ShowNotification(_) => Some("showNotification"),
        Reward::UpdateAttribute(_) => Some("updateAttribute"),
        Reward::TriggerWebhook(_) => Some("triggerWebhook"),
        Reward::CustomEffect(_) => Some("customEffect"),
        _ => None,
    }
}

/// Whether an effect belongs to a unit that this return took back.
fn is_of_returned_units(
    before: &CustomerSessionV2,
    after: &CustomerSessionV2,
    kind: &EffectKind,
) -> bool {
    let (position, unit) = match kind {
        EffectKind::SetDiscountPerItem(it) => (Some(it.position), it.sub_position),
        EffectKind::SetDiscountPerAdditionalCostPerItem(it) => (Some(it.position), it.sub_position),
        EffectKind::AddLoyaltyPoints(it) => (it.cart_item_position, it.cart_item_sub_position),
        _ => return false,
    };
    let returned = |session: &CustomerSessionV2, position: i64| {
        let line = usize::try_from(position).expect("an index of the cart");
        session.cart_items[line].returned_quantity.unwrap_or_default()
    };
    position.zip(unit).is_some_and(|(position, unit)| {
        (returned(before, position)..returned(after, position)).contains(&unit)
    })
}

/// Added points may stay, since spent points are not rolled back.
fn is_always_rolled_back(kind: &EffectKind) -> bool {
    matches!(
        kind,
        EffectKind::AcceptCoupon(_)
            | EffectKind::AcceptReferral(_)
            | EffectKind::SetDiscount(_)
            | EffectKind::SetDiscountPerItem(_)
            | EffectKind::SetDiscountPerAdditionalCost(_)
            | EffectKind::SetDiscountPerAdditionalCostPerItem(_)
            | EffectKind::DeductLoyaltyPoints(_)
    )
}

fn sorted(effects: &[&Effect]) -> Vec<String> {
    let mut sorted: Vec<_> = effects.iter().map(|effect| comparable(effect)).collect();
    sorted.sort_unstable();
    sorted
}

/// An effect without ids and dates of transactions.
fn comparable(effect: &Effect) -> String {
    let mut kind = effect.kind.clone();
    match &mut kind {
        EffectKind::AddLoyaltyPoints(points) => {
            (points.transaction_uuid, points.start_date, points.expiry_date) = (None, None, None);
        }
        EffectKind::DeductLoyaltyPoints(points) => points.transaction_uuid = None,
        _ => {}
    }
    format!("{} {kind:?}", effect.rule_index)
}
