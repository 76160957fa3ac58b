//! Limits of campaigns: the usage by closed sessions is within each limit, and equals the stored
//! counter.

use std::collections::BTreeMap;

use talon_core::effect::{Effect, EffectKind};
use talon_core::model::{LimitConfig, LimitEntity, LimitPeriod};
use talon_core::{Amount, Timestamp};
use talon_fake::rules::Condition;
use talon_fake::{Campaign, World};

use super::closed_session::{BookedEffect, ClosedSession, discount_value};
use super::expected::Expected;
use super::returns::is_rollback_of;
use super::state::StoredState;

/// The entities and the period of a counter.
type CounterKey = (Vec<String>, String);

pub(super) fn check(expected: &Expected, world: &World, state: &StoredState) {
    for campaign in &world.campaigns {
        for (index, limit) in campaign.limits.iter().enumerate() {
            let used = usage(expected, campaign, limit, state);
            for (key, amount) in &used {
                assert!(*amount <= limit.limit, "{limit:?} is exceeded: {amount} for {key:?}");
            }
            let id = campaign.id.expect("every campaign has one").get();
            let mine = format!("{id}/{index}/");
            let mine = state.budgets.iter().filter(|(key, _)| key.starts_with(&mine));
            let counted = sorted(mine.map(|(_, budget)| budget.used));
            assert_eq!(counted, sorted(used.into_values()), "{limit:?}: {:?}", state.budgets);
        }
    }
}

/// The amounts that are not zero.
fn sorted(amounts: impl Iterator<Item = Amount>) -> Vec<Amount> {
    let mut amounts: Vec<_> = amounts.filter(|amount| !amount.is_zero()).collect();
    amounts.sort_unstable();
    amounts
}

fn usage(
    expected: &Expected,
    campaign: &Campaign,
    limit: &LimitConfig,
    state: &StoredState,
) -> BTreeMap<CounterKey, Amount> {
    let mut used = BTreeMap::new();
    let booked = expected.booked().map(|closed| (closed, Reversal::None));
    let reopened = expected.reopened.iter().map(|closed| (closed, Reversal::Reopened));
    let cancelled = expected.cancelled.iter().map(|closed| (closed, Reversal::Cancelled));
    for (closed, reversal) in booked.chain(reopened).chain(cancelled) {
        for booked in &closed.booked {
            let effect = &booked.effect;
            let (action, amount, stays) = limit_usage(&effect.kind, limit.action.as_str());
            let is_mine =
                campaign.id == Some(effect.campaign_id) && limit.action.as_str() == action;
            let is_used = match reversal {
                Reversal::None => true,
                Reversal::Reopened => stays || !is_reverted(effect, closed),
                Reversal::Cancelled => stays,
            };
            if !is_mine || !is_used {
                continue;
            }
            let codes = if stays { Codes::default() } else { Codes::new(booked, campaign, state) };
            let period = limit.period.as_ref().map(|period| period_of(period, booked.at));
            for entities in combinations(&limit.entities, closed, &codes) {
                *used.entry((entities, period.clone().unwrap_or_default())).or_default() += amount;
            }
        }
    }
    used
}

/// What reverted a closed session.
#[derive(Clone, Copy)]
enum Reversal {
    None,
    Reopened,
    Cancelled,
}

/// Whether reopening the session reverted an effect.
fn is_reverted(effect: &Effect, closed: &ClosedSession) -> bool {
    match &effect.kind {
        EffectKind::AddFreeItem(_)
        | EffectKind::CustomEffect(_)
        | EffectKind::TriggerWebhook(_) => false,
        // Spent points are not rolled back.
        EffectKind::AddLoyaltyPoints(_) | EffectKind::DeductLoyaltyPoints(_) => {
            closed.rollbacks.iter().any(|rollback| is_rollback_of(rollback, effect))
        }
        _ => true,
    }
}

/// The limited action of an effect, the usage, and whether the usage stays when the session is
/// cancelled. If the effect counts for two actions, this is the `wanted` one.
fn limit_usage(kind: &EffectKind, wanted: &str) -> (&'static str, Amount, bool) {
    let once = Amount::from(1);
    let either = |counted: &'static str, amount: &'static str, value| {
        if wanted == counted { (counted, once, false) } else { (amount, value, false) }
    };
    match kind {
        EffectKind::AcceptCoupon(_) => ("redeemCoupon", once, false),
        EffectKind::AcceptReferral(_) => ("redeemReferral", once, false),
        EffectKind::AddFreeItem(_) => ("addFreeItemEffect", once, false),
        EffectKind::CustomEffect(_) => ("customEffect", once, false),
        EffectKind::TriggerWebhook(_) => ("callApi", once, false),
        EffectKind::CouponCreated(_) => ("createCoupon", once, true),
        EffectKind::AwardGiveaway(_) => ("awardGiveaway", once, true),
        EffectKind::AddLoyaltyPoints(points) => {
            either("createLoyaltyPointsEffect", "createLoyaltyPoints", points.value)
        }
        EffectKind::DeductLoyaltyPoints(points) => {
            either("redeemLoyaltyPointsEffect", "redeemLoyaltyPoints", points.value)
        }
        other => match discount_value(other) {
            zero if zero.is_zero() => ("", zero, false),
            discount => either("setDiscountEffect", "setDiscount", discount),
        },
    }
}

/// The codes that the rule of an effect was evaluated for.
#[derive(Default)]
struct Codes {
    coupon: Option<String>,
    referral: Option<String>,
}

impl Codes {
    fn new(booked: &BookedEffect, campaign: &Campaign, state: &StoredState) -> Self {
        let BookedEffect { effect, referral, .. } = booked;
        let index = usize::try_from(effect.rule_index).expect("limits are those of rules");
        let when = &campaign.rules[index].when;
        let is_coupon =
            |part: &Condition| matches!(part, Condition::CouponValid | Condition::CouponIs(_));
        let coupon = effect.triggered_by_coupon.filter(|_| contains(when, &is_coupon));
        let coupon = state.coupons.values().find(|stored| Some(stored.coupon.id) == coupon);
        let is_referral = |part: &Condition| matches!(part, Condition::ReferralValid);
        Self {
            coupon: coupon.map(|stored| stored.coupon.value.to_string()),
            referral: referral
                .as_ref()
                .filter(|_| contains(when, &is_referral))
                .map(ToString::to_string),
        }
    }
}

fn contains(condition: &Condition, wanted: &dyn Fn(&Condition) -> bool) -> bool {
    wanted(condition)
        || match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().any(|part| contains(part, wanted))
            }
            Condition::Not(part) => contains(part, wanted),
            _ => false,
        }
}

/// Every combination of the values that the entities have in a session.
fn combinations(
    entities: &[LimitEntity],
    closed: &ClosedSession,
    codes: &Codes,
) -> Vec<Vec<String>> {
    let mut combinations = vec![Vec::new()];
    for entity in entities {
        let values = values(entity, closed, codes);
        combinations = combinations
            .iter()
            .flat_map(|key| values.iter().map(|value| [key, std::slice::from_ref(value)].concat()))
            .collect();
    }
    combinations
}

fn values(entity: &LimitEntity, closed: &ClosedSession, codes: &Codes) -> Vec<String> {
    let session = &closed.session;
    let one = match entity {
        LimitEntity::Coupon => codes.coupon.clone(),
        LimitEntity::Referral => codes.referral.clone(),
        LimitEntity::Profile => Some(session.profile_id.to_string()).filter(|id| !id.is_empty()),
        LimitEntity::Session => {
            Some(session.integration_id.to_string()).filter(|id| !id.is_empty())
        }
        LimitEntity::Store => session.store_integration_id.clone(),
        LimitEntity::Identifier => {
            let mut each = session.identifiers.clone().unwrap_or_default();
            each.sort_unstable();
            each.dedup();
            return each;
        }
        other => panic!("no world has a limit for {other}"),
    };
    one.into_iter().collect()
}

/// The period in UTC, the time zone of all generated worlds.
fn period_of(period: &LimitPeriod, at: Timestamp) -> String {
    const DAY: i128 = 24 * 60 * 60 * 1_000_000_000;
    let date = at.to_string();
    match period {
        LimitPeriod::Daily => date[..10].to_owned(),
        LimitPeriod::Monthly => date[..7].to_owned(),
        LimitPeriod::Yearly => date[..4].to_owned(),
        // The first of January 1970 was a Thursday.
        LimitPeriod::Weekly => {
            format!("week {}", (at.unix_nanos().div_euclid(DAY) + 3).div_euclid(7))
        }
        other => panic!("no world has a limit for {other}"),
    }
}
