//! The state that the fake is expected to have, computed from the replies alone.

use std::collections::{BTreeMap, BTreeSet};

use talon_core::effect::{AddFreeItem, Effect, EffectKind, EventEffect};
use talon_core::model::{Coupon, CustomerSessionV2, Event, ProfileAudiencesChanges, SessionState};
use talon_core::{Amount, AudienceId, CampaignId, CouponCode, ProfileId, SessionId};
use talon_fake::{Campaign, Fake, World};

use super::closed_session::{ClosedSession, discount_value};

/// The reference model of the fake.
#[derive(Debug, Default)]
pub(super) struct Expected {
    /// Sessions that are closed now.
    pub(super) closed: BTreeMap<SessionId, ClosedSession>,
    /// Sessions that were closed and then reopened. Some of their effects stay.
    pub(super) reopened: Vec<ClosedSession>,
    /// Sessions that were closed and then cancelled, and the returned units of sessions. Fewer of their
    /// effects stay.
    pub(super) cancelled: Vec<ClosedSession>,
    /// What events and updates of profiles booked, without a close.
    pub(super) immediate: Vec<ClosedSession>,
    /// Reservations of coupons.
    pub(super) reserved: BTreeSet<(CouponCode, ProfileId)>,
    /// Members of audiences.
    pub(super) members: BTreeSet<(ProfileId, AudienceId)>,
    /// Loyalty cards: whether points can be earned with them, and the profiles that share them.
    pub(super) cards: BTreeMap<String, (bool, BTreeSet<ProfileId>)>,
    /// Totals that the shop sent.
    pub(super) sent_totals: BTreeMap<SessionId, Amount>,
    /// The campaigns of the world.
    pub(super) campaigns: BTreeMap<CampaignId, Campaign>,
}

/// What an update does to the total that the shop sent.
#[derive(Clone, Copy, Debug)]
pub(super) enum TotalUpdate {
    Keep,
    Remove,
    Set(Amount),
}

type EffectPredicate = fn(&EffectKind) -> bool;

impl Expected {
    /// The state of a world before the first request.
    pub(super) fn new(world: &World) -> Self {
        let campaigns = world.campaigns.iter();
        let campaigns = campaigns.filter_map(|campaign| Some((campaign.id?, campaign.clone())));
        let cards = world.loyalty_cards.iter().map(|card| {
            let is_active = card.status.is_none() && card.transferred_to.is_none();
            (card.identifier.to_string(), (is_active, card.profiles.iter().cloned().collect()))
        });
        Self { campaigns: campaigns.collect(), cards: cards.collect(), ..Self::default() }
    }

    /// Applies an update of a session.
    pub(super) fn update_session(
        &mut self,
        fake: &Fake,
        state: &SessionState,
        id: &SessionId,
        total: TotalUpdate,
        effects: &[Effect],
    ) {
        self.apply_without_booking(effects);
        if let Some(mut closed) = self.closed.remove(id) {
            assert_eq!(*state, SessionState::Cancelled, "a closed session was updated");
            assert_rolled_back(closed.effects(), effects);
            closed.rollbacks = effects.to_vec();
            self.cancelled.push(closed);
            return;
        }
        match total {
            TotalUpdate::Set(total) => drop(self.sent_totals.insert(id.clone(), total)),
            TotalUpdate::Remove => drop(self.sent_totals.remove(id)),
            TotalUpdate::Keep => {}
        }
        if *state == SessionState::Closed {
            let session = fake.session(id.clone()).expect("it was just updated");
            let sales = self.sent_totals.get(id).copied().unwrap_or(session.total);
            let effects = self.without_repeated_giveaways(id, effects);
            let closed = ClosedSession::new(session, &effects, fake.clock().now());
            self.closed.insert(id.clone(), ClosedSession { sales, ..closed });
        }
    }

    /// Applies the effects of an event. Effects on the cart are booked when the session is closed.
    pub(super) fn track_event(&mut self, fake: &Fake, id: &SessionId, effects: &[Effect]) {
        let session = fake.session(id.clone()).expect("the event created it");
        let is_booked_at_close = |kind: &EffectKind| {
            matches!(
                kind,
                EffectKind::AcceptCoupon(_)
                    | EffectKind::AcceptReferral(_)
                    | EffectKind::AddFreeItem(_)
            ) || !discount_value(kind).is_zero()
        };
        let effects: Vec<_> =
            effects.iter().filter(|effect| !is_booked_at_close(&effect.kind)).cloned().collect();
        self.book(fake, session, &effects);
    }

    /// Applies the effects of an update of a profile.
    pub(super) fn update_profile(&mut self, fake: &Fake, id: &ProfileId, effects: &[Effect]) {
        let session = CustomerSessionV2 { profile_id: id.clone(), ..CustomerSessionV2::default() };
        self.book(fake, session, effects);
    }

    fn book(&mut self, fake: &Fake, session: CustomerSessionV2, effects: &[Effect]) {
        self.apply_without_booking(effects);
        self.immediate.push(ClosedSession::new(session, effects, fake.clock().now()));
    }

    /// Applies effects that take effect before the session is closed.
    pub(super) fn apply_without_booking(&mut self, effects: &[Effect]) {
        for effect in effects {
            match &effect.kind {
                EffectKind::ReserveCoupon(reserved) => {
                    let reservation =
                        (reserved.coupon_value.clone(), reserved.profile_integration_id.clone());
                    let is_new = self.reserved.insert(reservation);
                    assert_eq!(reserved.is_new_reservation, is_new, "{reserved:?}");
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

    /// Applies the changes of audiences of an update of a profile.
    pub(super) fn update_audiences(
        &mut self,
        id: &ProfileId,
        changes: Option<&ProfileAudiencesChanges>,
    ) {
        let Some(changes) = changes else { return };
        self.members.extend(changes.adds.iter().map(|audience| (id.clone(), *audience)));
        self.members
            .retain(|(profile, audience)| profile != id || !changes.deletes.contains(audience));
    }

    /// Everything that is booked now.
    pub(super) fn booked(&self) -> impl Iterator<Item = &ClosedSession> {
        self.closed.values().chain(&self.immediate)
    }

    /// Everything that was ever booked.
    pub(super) fn ever_booked(&self) -> impl Iterator<Item = &ClosedSession> {
        self.booked().chain(&self.reopened).chain(&self.cancelled)
    }
}

/// The effects of an event as V2 lists them. V1 does not say which effects are due to the coupon of the
/// session. If the coupon was accepted, this function assumes all effects of its campaign.
pub(super) fn effects_of_event(event: &Event, coupon: Option<&Coupon>) -> Vec<Effect> {
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
            from_v1(&effect.kind),
        )
    });
    effects.collect()
}

/// `addFreeItem` has other arguments in V1 than in V2.
fn from_v1(kind: &EffectKind) -> EffectKind {
    match (kind, kind.effect_type()) {
        (EffectKind::Unrecognized(_), "addFreeItem") => AddFreeItem::default().into(),
        _ => kind.clone(),
    }
}

/// A cancelled session returns a rollback for what the closed session did.
pub(super) fn assert_rolled_back<'e>(
    done: impl Iterator<Item = &'e Effect> + Clone,
    rollbacks: &[Effect],
) {
    let count = |effects: &mut dyn Iterator<Item = &Effect>, is: EffectPredicate| {
        effects.filter(|effect| is(&effect.kind)).count()
    };
    let pairs: [(EffectPredicate, EffectPredicate); 2] = [
        (
            |kind| matches!(kind, EffectKind::AcceptCoupon(_)),
            |kind| matches!(kind, EffectKind::RollbackCoupon(_)),
        ),
        (
            |kind| matches!(kind, EffectKind::AcceptReferral(_)),
            |kind| matches!(kind, EffectKind::RollbackReferral(_)),
        ),
    ];
    for (is_accepted, is_rollback) in pairs {
        let accepted = count(&mut done.clone(), is_accepted);
        assert_eq!(accepted, count(&mut rollbacks.iter(), is_rollback), "{rollbacks:?}");
    }
    // All deducted points are added to their batches again.
    let deducted: Amount = done.clone().map(|effect| deducted_points(&effect.kind)).sum();
    let restored: Amount = rollbacks.iter().map(|effect| restored_points(&effect.kind)).sum();
    assert_eq!(deducted, restored, "{rollbacks:?}");
    // There is no rollback of points that were spent.
    let is_zero = |effect: &Effect| matches!(&effect.kind, EffectKind::RollbackAddedLoyaltyPoints(points) if points.value.is_zero());
    assert!(!rollbacks.iter().any(is_zero), "{rollbacks:?}");
    let discounts: Amount = done.map(|effect| discount_value(&effect.kind)).sum();
    let rolled_back: Amount = rollbacks
        .iter()
        .filter_map(|effect| match &effect.kind {
            EffectKind::RollbackDiscount(discount) => Some(discount.value),
            _ => None,
        })
        .sum();
    assert_eq!(rolled_back, discounts, "{rollbacks:?}");
}

pub(super) fn deducted_points(kind: &EffectKind) -> Amount {
    match kind {
        EffectKind::DeductLoyaltyPoints(points) => points.value,
        _ => Amount::ZERO,
    }
}

pub(super) fn restored_points(kind: &EffectKind) -> Amount {
    match kind {
        EffectKind::RollbackDeductedLoyaltyPoints(points) => points.value,
        _ => Amount::ZERO,
    }
}
