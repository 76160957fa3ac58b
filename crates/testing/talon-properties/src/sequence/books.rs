//! What should have come of the requests so far, kept from their replies alone.

use std::collections::{BTreeMap, BTreeSet};

use talon_core::effect::{AddFreeItem, Effect, EffectKind, EventEffect};
use talon_core::model::{Coupon, CustomerSessionV2, Event, ProfileAudiencesChanges, SessionState};
use talon_core::{Amount, AudienceId, CouponCode, ProfileId, SessionId, Timestamp};
use talon_fake::Fake;

#[derive(Debug, Default)]
pub(super) struct Books {
    /// Sessions that are closed now.
    pub(super) closed: BTreeMap<SessionId, Closed>,
    /// Sessions that were closed and then opened again: more of what they did stays.
    pub(super) reopened: Vec<Closed>,
    /// Sessions that were closed and then cancelled, and what returned units had: some of what they
    /// did stays.
    pub(super) cancelled: Vec<Closed>,
    /// What events and updates of profiles booked, which no close would.
    pub(super) immediate: Vec<Closed>,
    /// Who holds reservations of which coupon.
    pub(super) reserved: BTreeSet<(CouponCode, ProfileId)>,
    /// Who is in which audience.
    pub(super) members: BTreeSet<(ProfileId, AudienceId)>,
    /// Totals that shops computed themselves.
    pub(super) own_totals: BTreeMap<SessionId, Amount>,
}

/// A session, as it was when it was closed.
#[derive(Clone, Debug)]
pub(super) struct Closed {
    pub(super) session: CustomerSessionV2,
    /// What the customer paid.
    pub(super) sales: Amount,
    pub(super) at: Timestamp,
    pub(super) effects: Vec<Effect>,
    /// What cancelling it said to undo.
    pub(super) undone: Vec<Effect>,
}

/// What an update says of the total that the shop computed itself.
#[derive(Clone, Copy, Debug)]
pub(super) enum OwnTotal {
    Kept,
    Removed,
    Set(Amount),
}

/// Whether an effect is of some type.
type Is = fn(&EffectKind) -> bool;

impl Books {
    /// Enters an update of a session.
    pub(super) fn session(
        &mut self,
        fake: &Fake,
        state: &SessionState,
        id: &SessionId,
        own_total: OwnTotal,
        effects: &[Effect],
    ) {
        self.at_once(effects);
        if let Some(mut closed) = self.closed.remove(id) {
            assert_eq!(*state, SessionState::Cancelled, "a closed session was updated");
            assert_undone(&closed.effects, effects);
            closed.undone = effects.to_vec();
            self.cancelled.push(closed);
            return;
        }
        match own_total {
            OwnTotal::Set(total) => drop(self.own_totals.insert(id.clone(), total)),
            OwnTotal::Removed => drop(self.own_totals.remove(id)),
            OwnTotal::Kept => {}
        }
        if *state == SessionState::Closed {
            let session = fake.session(id.clone()).expect("it was just updated");
            let sales = self.own_totals.get(id).copied().unwrap_or(session.total);
            let (at, effects) = (fake.clock().now(), self.without_repeated(id, effects));
            let undone = Vec::new();
            self.closed.insert(id.clone(), Closed { session, sales, at, effects, undone });
        }
    }

    /// Enters what an event of a session gave: what is about the cart waits for its close.
    pub(super) fn event(&mut self, fake: &Fake, id: &SessionId, effects: &[Effect]) {
        let session = fake.session(id.clone()).expect("the event made it");
        let waits = |kind: &EffectKind| {
            matches!(
                kind,
                EffectKind::AcceptCoupon(_)
                    | EffectKind::AcceptReferral(_)
                    | EffectKind::AddFreeItem(_)
            ) || !discount_of(kind).is_zero()
        };
        let effects: Vec<_> =
            effects.iter().filter(|effect| !waits(&effect.kind)).cloned().collect();
        self.immediate(fake, session, effects);
    }

    /// Enters what rules gave to a profile.
    pub(super) fn profile(&mut self, fake: &Fake, id: &ProfileId, effects: &[Effect]) {
        let session = CustomerSessionV2 { profile_id: id.clone(), ..CustomerSessionV2::default() };
        self.immediate(fake, session, effects.to_vec());
    }

    fn immediate(&mut self, fake: &Fake, session: CustomerSessionV2, effects: Vec<Effect>) {
        self.at_once(&effects);
        let (sales, at, undone) = (Amount::ZERO, fake.clock().now(), Vec::new());
        self.immediate.push(Closed { session, sales, at, effects, undone });
    }

    /// Enters effects that do not wait for anything to be booked.
    fn at_once(&mut self, effects: &[Effect]) {
        for effect in effects {
            match &effect.kind {
                EffectKind::ReserveCoupon(made) => {
                    let reservation =
                        (made.coupon_value.clone(), made.profile_integration_id.clone());
                    let is_new = self.reserved.insert(reservation);
                    assert_eq!(made.is_new_reservation, is_new, "{made:?}");
                }
                EffectKind::AddToAudience(joined) => {
                    let (profile, audience) =
                        (joined.profile_integration_id.clone(), joined.audience_id);
                    self.members.extend(profile.zip(audience));
                }
                EffectKind::RemoveFromAudience(left) => {
                    let (profile, audience) =
                        (left.profile_integration_id.clone(), left.audience_id);
                    self.members
                        .retain(|member| Some(member.clone()) != profile.clone().zip(audience));
                }
                _ => {}
            }
        }
    }

    /// Enters what an update of a profile says of audiences.
    pub(super) fn audiences(&mut self, id: &ProfileId, changes: Option<&ProfileAudiencesChanges>) {
        let Some(changes) = changes else { return };
        self.members.extend(changes.adds.iter().map(|audience| (id.clone(), *audience)));
        self.members
            .retain(|(profile, audience)| profile != id || !changes.deletes.contains(audience));
    }

    /// Effects as V2 would list them. V1 does not say which are due to the coupon of the session: those
    /// of its campaign may be, where it was accepted.
    #[expect(clippy::unused_self, reason = "reads as the others")]
    pub(super) fn of_event(&self, event: &Event, coupon: Option<&Coupon>) -> Vec<Effect> {
        let typed = || event.effects.iter().filter_map(EventEffect::typed);
        let accepts = |kind: &EffectKind, coupon: &Coupon| matches!(kind, EffectKind::AcceptCoupon(accepted) if accepted.value == coupon.value);
        let accepted = coupon.filter(|coupon| typed().any(|effect| accepts(&effect.kind, coupon)));
        let effects = typed().map(|effect| Effect {
            triggered_by_coupon: accepted
                .filter(|coupon| coupon.campaign_id == effect.campaign_id)
                .map(|coupon| coupon.id),
            ..Effect::new(
                effect.campaign_id,
                effect.ruleset_id,
                effect.rule_index,
                "",
                of_v1(&effect.kind),
            )
        });
        effects.collect()
    }

    /// Everything that is booked now.
    pub(super) fn booked(&self) -> impl Iterator<Item = &Closed> {
        self.closed.values().chain(&self.immediate)
    }

    /// Everything that was ever booked.
    pub(super) fn ever_booked(&self) -> impl Iterator<Item = &Closed> {
        self.booked().chain(&self.reopened).chain(&self.cancelled)
    }
}

/// The effect that V1 lists with other arguments than its props.
fn of_v1(kind: &EffectKind) -> EffectKind {
    match (kind, kind.effect_type()) {
        (EffectKind::Unrecognized(_), "addFreeItem") => AddFreeItem::default().into(),
        _ => kind.clone(),
    }
}

/// What a closed session did, a cancelled one says to have undone.
pub(super) fn assert_undone(done: &[Effect], undone: &[Effect]) {
    let count =
        |effects: &[Effect], is: Is| effects.iter().filter(|effect| is(&effect.kind)).count();
    let pairs: [(Is, Is); 2] = [
        (
            |kind| matches!(kind, EffectKind::AcceptCoupon(_)),
            |kind| matches!(kind, EffectKind::RollbackCoupon(_)),
        ),
        (
            |kind| matches!(kind, EffectKind::AcceptReferral(_)),
            |kind| matches!(kind, EffectKind::RollbackReferral(_)),
        ),
    ];
    for (does, undoes) in pairs {
        assert_eq!(count(done, does), count(undone, undoes), "{undone:?}");
    }
    // Each batch gets back what was spent of it.
    let deducted: Amount = done.iter().map(|effect| deducted_of(&effect.kind)).sum();
    let given_back: Amount = undone.iter().map(|effect| given_back_of(&effect.kind)).sum();
    assert_eq!(deducted, given_back, "{undone:?}");
    // Nothing is taken back of points that are gone, and nothing is said of that.
    let is_nothing = |effect: &Effect| matches!(&effect.kind, EffectKind::RollbackAddedLoyaltyPoints(points) if points.value.is_zero());
    assert!(!undone.iter().any(is_nothing), "{undone:?}");
    let given: Amount = done.iter().map(|effect| discount_of(&effect.kind)).sum();
    let taken: Amount = undone
        .iter()
        .filter_map(|effect| match &effect.kind {
            EffectKind::RollbackDiscount(discount) => Some(discount.value),
            _ => None,
        })
        .sum();
    assert_eq!(taken, given, "{undone:?}");
}

/// What an effect takes off.
pub(super) fn discount_of(kind: &EffectKind) -> Amount {
    match kind {
        EffectKind::SetDiscount(discount) => discount.value,
        EffectKind::SetDiscountPerItem(discount) => discount.value,
        EffectKind::SetDiscountPerAdditionalCost(discount) => discount.value,
        EffectKind::SetDiscountPerAdditionalCostPerItem(discount) => discount.value,
        _ => Amount::ZERO,
    }
}

fn deducted_of(kind: &EffectKind) -> Amount {
    match kind {
        EffectKind::DeductLoyaltyPoints(points) => points.value,
        _ => Amount::ZERO,
    }
}

fn given_back_of(kind: &EffectKind) -> Amount {
    match kind {
        EffectKind::RollbackDeductedLoyaltyPoints(points) => points.value,
        _ => Amount::ZERO,
    }
}
