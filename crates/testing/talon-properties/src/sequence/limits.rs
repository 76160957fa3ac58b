//! Limits of campaigns: what closed sessions used up of each is within it, and what the fake says.

use std::collections::BTreeMap;

use talon_core::effect::{Effect, EffectKind};
use talon_core::model::{LimitConfig, LimitEntity, LimitPeriod};
use talon_core::{Amount, Timestamp};
use talon_fake::rules::Condition;
use talon_fake::{Campaign, World};

use super::books::{Books, Closed, discount_of};
use super::returns::undoes;
use super::seen::Seen;

/// What is counted separately, and in which period.
type Address = (Vec<String>, String);

pub(super) fn check(books: &Books, world: &World, seen: &Seen) {
    for campaign in &world.campaigns {
        for (index, limit) in campaign.limits.iter().enumerate() {
            let used = used(books, campaign, limit, seen);
            for (address, amount) in &used {
                assert!(*amount <= limit.limit, "{limit:?} is passed: {amount} of {address:?}");
            }
            let id = campaign.id.expect("every campaign has one").get();
            let mine = format!("{id}/{index}/");
            let mine = seen.budgets.iter().filter(|(key, _)| key.starts_with(&mine));
            let counted = sorted(mine.map(|(_, budget)| budget.used));
            assert_eq!(counted, sorted(used.into_values()), "{limit:?}: {:?}", seen.budgets);
        }
    }
}

/// What is not nothing.
fn sorted(amounts: impl Iterator<Item = Amount>) -> Vec<Amount> {
    let mut amounts: Vec<_> = amounts.filter(|amount| !amount.is_zero()).collect();
    amounts.sort_unstable();
    amounts
}

fn used(
    books: &Books,
    campaign: &Campaign,
    limit: &LimitConfig,
    seen: &Seen,
) -> BTreeMap<Address, Amount> {
    let mut used = BTreeMap::new();
    let booked = books.booked().map(|closed| (closed, Ending::None));
    let reopened = books.reopened.iter().map(|closed| (closed, Ending::Reopened));
    let cancelled = books.cancelled.iter().map(|closed| (closed, Ending::Cancelled));
    for (closed, ending) in booked.chain(reopened).chain(cancelled) {
        for effect in &closed.effects {
            let (action, amount, stays) = uses(&effect.kind, limit.action.as_str());
            let is_mine =
                campaign.id == Some(effect.campaign_id) && limit.action.as_str() == action;
            let is_used = match ending {
                Ending::None => true,
                Ending::Reopened => stays || !is_undone(effect, closed),
                Ending::Cancelled => stays,
            };
            if !is_mine || !is_used {
                continue;
            }
            let codes =
                if stays { Codes::default() } else { Codes::of(effect, closed, campaign, seen) };
            let period = limit.period.as_ref().map(|period| period_of(period, closed.at));
            for address in addresses(&limit.entities, closed, &codes) {
                *used.entry((address, period.clone().unwrap_or_default())).or_default() += amount;
            }
        }
    }
    used
}

/// What became of a session that was closed.
#[derive(Clone, Copy)]
enum Ending {
    None,
    Reopened,
    Cancelled,
}

/// Whether opening the session again undid an effect.
fn is_undone(effect: &Effect, closed: &Closed) -> bool {
    match &effect.kind {
        EffectKind::AddFreeItem(_)
        | EffectKind::CustomEffect(_)
        | EffectKind::TriggerWebhook(_) => false,
        // Points that are spent are not taken back.
        EffectKind::AddLoyaltyPoints(_) | EffectKind::DeductLoyaltyPoints(_) => {
            closed.undone.iter().any(|rollback| undoes(rollback, effect))
        }
        _ => true,
    }
}

/// Which limit an effect uses up, how much of it, and whether that stays when the session is
/// cancelled; where it is one of two, the one that is `wanted`.
fn uses(kind: &EffectKind, wanted: &str) -> (&'static str, Amount, bool) {
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
        other => match discount_of(other) {
            zero if zero.is_zero() => ("", zero, false),
            discount => either("setDiscountEffect", "setDiscount", discount),
        },
    }
}

/// Codes that the rule of an effect was evaluated for.
#[derive(Default)]
struct Codes {
    coupon: Option<String>,
    referral: Option<String>,
}

impl Codes {
    fn of(effect: &Effect, closed: &Closed, campaign: &Campaign, seen: &Seen) -> Self {
        let index = usize::try_from(effect.rule_index).expect("limits are those of rules");
        let when = &campaign.rules[index].when;
        let is_coupon =
            |part: &Condition| matches!(part, Condition::CouponValid | Condition::CouponIs(_));
        let coupon = effect.triggered_by_coupon.filter(|_| mentions(when, &is_coupon));
        let coupon = seen.coupons.values().find(|stored| Some(stored.coupon.id) == coupon);
        let is_referral = |part: &Condition| matches!(part, Condition::ReferralValid);
        let mut mine =
            closed.effects.iter().filter(|other| other.campaign_id == effect.campaign_id);
        let accepted = mine.find_map(|other| match &other.kind {
            EffectKind::AcceptReferral(accepted) => Some(accepted.value.to_string()),
            _ => None,
        });
        Self {
            coupon: coupon.map(|stored| stored.coupon.value.to_string()),
            referral: accepted.filter(|_| mentions(when, &is_referral)),
        }
    }
}

fn mentions(condition: &Condition, wanted: &dyn Fn(&Condition) -> bool) -> bool {
    wanted(condition)
        || match condition {
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().any(|part| mentions(part, wanted))
            }
            Condition::Not(part) => mentions(part, wanted),
            _ => false,
        }
}

/// Every combination of what the entities are in a session.
fn addresses(entities: &[LimitEntity], closed: &Closed, codes: &Codes) -> Vec<Vec<String>> {
    let mut addresses = vec![Vec::new()];
    for entity in entities {
        let names = names(entity, closed, codes);
        addresses = addresses
            .iter()
            .flat_map(|address| {
                names.iter().map(|name| [address, std::slice::from_ref(name)].concat())
            })
            .collect();
    }
    addresses
}

fn names(entity: &LimitEntity, closed: &Closed, codes: &Codes) -> Vec<String> {
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
        other => panic!("{other} is not of the alphabet"),
    };
    one.into_iter().collect()
}

/// The period in UTC, where all drawn worlds are.
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
        other => panic!("{other} is not of the alphabet"),
    }
}
