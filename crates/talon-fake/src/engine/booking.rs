//! Bookings: what the close of a session changes outside of the session, effect by effect, so that
//! a cancellation reverts all of it and a return reverts a part.

use talon_core::effect::{Effect, EffectKind};
use talon_core::model::CustomerSessionV2;
use talon_core::{Amount, CampaignId, CouponCode, CouponId, ProfileId};

use super::limits::is_of_cart;
use super::outcome::Evaluation;
use super::{achievements, ledger, rollback};
use crate::state::{Booking, StoredCampaign, StoredSession, Transaction};

mod counters;

use counters::count;

/// Whether a booking is applied or reverted: the sign of what it counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Apply = 1,
    Revert = -1,
}

impl Direction {
    /// Counts one; a snapshot may have a counter that is as high as can be.
    fn count(self, counter: &mut i64) {
        *counter = counter.saturating_add(self as i64);
    }

    fn signed(self, amount: Amount) -> Amount {
        match self {
            Self::Apply => amount,
            Self::Revert => -amount,
        }
    }
}

/// Gives each movement of points the id of its transaction, and each new progress tracker its id.
pub(super) fn name_transactions(tx: &mut Transaction<'_>, effects: &mut [Effect]) {
    for effect in &mut *effects {
        let uuid = match &mut effect.kind {
            EffectKind::AddLoyaltyPoints(points) => &mut points.transaction_uuid,
            EffectKind::DeductLoyaltyPoints(points) => &mut points.transaction_uuid,
            _ => continue,
        };
        *uuid = Some(tx.ids().uuid());
    }
    achievements::name_trackers(tx, effects);
}

/// Books the effects of a session that closes, and counts the sale.
pub(super) fn close(
    tx: &mut Transaction<'_>,
    stored: &mut StoredSession,
    evaluation: &mut Evaluation,
) {
    count_sale(tx, stored, Direction::Apply);
    stored.bookings.clear();
    book(tx, stored, evaluation);
    let campaigns = tx.state.campaigns.iter().filter(|campaign| campaign.reevaluate_on_return);
    let has_effect =
        |id: &CampaignId| stored.bookings.iter().any(|booking| booking.effect.campaign_id == *id);
    stored.reevaluated_on_return = campaigns.map(StoredCampaign::id).filter(has_effect).collect();
}

/// Books the effects of an evaluation in addition to those that are booked.
pub(super) fn book(
    tx: &mut Transaction<'_>,
    stored: &mut StoredSession,
    evaluation: &mut Evaluation,
) {
    let coupons = limited_coupons(tx, &evaluation.effects);
    let mut uses = std::mem::take(&mut evaluation.limit_uses).into_iter().peekable();
    let bookings = evaluation.effects.iter().enumerate().map(|(position, effect)| {
        let limits = std::iter::from_fn(|| uses.next_if(|it| it.effect == position));
        let coupon = coupons.iter().find(|(id, _)| effect.triggered_by_coupon == Some(*id));
        let booking = Booking {
            effect: effect.clone(),
            limits: limits.map(|it| (it.key, it.amount)).collect(),
            coupon: coupon.map(|(_, code)| code.clone()),
        };
        booking.apply(tx, &stored.session);
        booking
    });
    let bookings: Vec<_> = bookings.collect();
    stored.bookings.extend(bookings);
}

/// Whether an effect that cannot be rolled back goes on using the campaigns' limits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum RemainingLimits {
    Release,
    Keep,
}

/// Reverts the sale and every booking of a session that was closed; returns the effects that report
/// it.
pub(super) fn cancel(
    tx: &mut Transaction<'_>,
    stored: &mut StoredSession,
    limits: RemainingLimits,
) -> Vec<Effect> {
    count_sale(tx, stored, Direction::Revert);
    revert(tx, stored, limits, |_| true)
}

/// Takes the price of returned units off the profile's sales.
pub(super) fn count_returned(tx: &mut Transaction<'_>, stored: &StoredSession, price: Amount) {
    if let Some(stored) = tx.profile_mut(&stored.session.profile_id) {
        stored.profile.total_sales -= price;
    }
}

/// Runs `read` as if the bookings of the effects that `selects` names used neither codes nor limits,
/// their deducted points were given back, and their progress was taken back; and unless they stay, as
/// if their added points were taken back as well.
pub(super) fn without<R>(
    tx: &mut Transaction<'_>,
    stored: &StoredSession,
    (selects, added): (impl Fn(&Effect) -> bool, ledger::AddedPoints),
    read: impl FnOnce(&Transaction<'_>) -> R,
) -> R {
    let profile = &stored.session.profile_id;
    let bookings = || stored.bookings.iter().filter(|booking| selects(&booking.effect));
    bookings().for_each(|booking| booking.count(tx, profile, Direction::Revert));
    let effects = bookings().map(|booking| &booking.effect);
    let accounts = ledger::revert_for_now(tx, profile, effects.clone(), added);
    let trackers = achievements::take_back_for_now(tx, effects);
    let result = read(tx);
    for account in accounts {
        tx.tables.loyalty_accounts.put(account);
    }
    for tracker in trackers {
        tx.tables.progress_trackers.put(tracker);
    }
    bookings().for_each(|booking| booking.count(tx, profile, Direction::Apply));
    result
}

/// Reverts the bookings of the effects that `selects` names; returns the effects that report it, in
/// the order of the close.
///
/// What cannot be rolled back stays in force.
pub(super) fn revert(
    tx: &mut Transaction<'_>,
    stored: &mut StoredSession,
    limits: RemainingLimits,
    selects: impl Fn(&Effect) -> bool,
) -> Vec<Effect> {
    let (mut in_force, mut effects) = (Vec::new(), Vec::new());
    // The last one first: points that the session earned and spent are given back, then taken back.
    for mut booking in std::mem::take(&mut stored.bookings).into_iter().rev() {
        if !selects(&booking.effect) {
            in_force.push(booking);
            continue;
        }
        let reported = booking.revert(tx, &stored.session, limits);
        if reported.is_empty() {
            in_force.push(booking);
        } else {
            let effect = |kind| Effect { kind, ..booking.effect.clone() };
            effects.extend(reported.into_iter().rev().map(effect));
        }
    }
    in_force.reverse();
    effects.reverse();
    achievements::restate_rollbacks(tx, &mut effects);
    stored.bookings = in_force;
    effects
}

/// Books what an event or a profile update causes. What the cart of a session causes waits for its
/// close. Neither is ever reverted, so no booking is kept.
pub(super) fn book_at_once(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    evaluation: &mut Evaluation,
) {
    let waits = !session.integration_id.is_empty();
    for used in std::mem::take(&mut evaluation.limit_uses) {
        if !(waits && is_of_cart(tx, &used.key)) {
            tx.spend(&used.key, used.amount);
        }
    }
    let profile = &session.profile_id;
    for effect in &evaluation.effects {
        if !waits {
            count(tx, effect, None, profile, Direction::Apply);
        }
        ledger::book(tx, session, effect);
        achievements::book(tx, profile, &effect.kind);
    }
}

impl Booking {
    fn apply(&self, tx: &mut Transaction<'_>, session: &CustomerSessionV2) {
        self.count(tx, &session.profile_id, Direction::Apply);
        ledger::book(tx, session, &self.effect);
        achievements::book(tx, &session.profile_id, &self.effect.kind);
    }

    /// Changes back what it changed; returns the effects that report it, if it can be rolled back.
    fn revert(
        &mut self,
        tx: &mut Transaction<'_>,
        session: &CustomerSessionV2,
        limits: RemainingLimits,
    ) -> Vec<EffectKind> {
        let reported: Vec<_> = match &self.effect.kind {
            EffectKind::AddLoyaltyPoints(points) => {
                ledger::revert_addition(tx, session, &self.effect, points).into_iter().collect()
            }
            EffectKind::DeductLoyaltyPoints(points) => {
                ledger::revert_deduction(tx, session, &self.effect, points)
            }
            EffectKind::IncreaseAchievementProgress(increase) => {
                achievements::revert(tx, increase).into_iter().collect()
            }
            kind => rollback::of_effect(kind).into_iter().collect(),
        };
        if !reported.is_empty() || limits == RemainingLimits::Release {
            self.count(tx, &session.profile_id, Direction::Revert);
            self.limits.clear();
        }
        reported
    }

    fn count(&self, tx: &mut Transaction<'_>, profile: &ProfileId, direction: Direction) {
        for (key, amount) in &self.limits {
            tx.spend(key, direction.signed(*amount));
        }
        count(tx, &self.effect, self.coupon.as_ref(), profile, direction);
    }
}

/// Coupons that the effects accept and that limit their discounts.
fn limited_coupons(tx: &Transaction<'_>, effects: &[Effect]) -> Vec<(CouponId, CouponCode)> {
    let limited = effects.iter().filter_map(|effect| {
        let EffectKind::AcceptCoupon(accepted) = &effect.kind else { return None };
        let coupon = &tx.coupon(&accepted.value)?.coupon;
        coupon.discount_limit.map(|_| (coupon.id, coupon.value.clone()))
    });
    limited.collect()
}

/// Moves the profile's totals by one purchase, without the items that were returned.
fn count_sale(tx: &mut Transaction<'_>, stored: &StoredSession, direction: Direction) {
    let items = stored.session.cart_items.iter();
    let returned = items
        .map(|item| item.price.unwrap_or_default() * item.returned_quantity.unwrap_or_default());
    let total = stored.own_total.unwrap_or(stored.session.total);
    let sales = total - returned.sum::<Amount>();
    if let Some(stored) = tx.profile_mut(&stored.session.profile_id) {
        direction.count(&mut stored.profile.closed_sessions);
        stored.profile.total_sales += direction.signed(sales);
    }
}
