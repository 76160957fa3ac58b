//! A session that is closed, returned from and cancelled, compared with one that is never closed.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use arbitrary::{Result, Unstructured};
use talon_core::api::Call;
use talon_core::effect::{Effect, EffectKind};
use talon_core::model::{NewCustomerSessionV2, SessionState};
use talon_core::operations::{ReopenCustomerSession, ReturnCartItems, UpdateCustomerSessionV2};
use talon_core::{Amount, CampaignId, CouponCode, ProfileId, ReferralCode};
use talon_fake::{Fake, Snapshot, World};
use talon_samples::immediate;

use super::Trace;
use super::request::GenerateRequest;
use super::state::{AwardedCodes, StoredState};
use super::values::{KnownCodes, once_in};

/// Returns from each session.
const RETURNS: usize = 2;

/// Generates an update of a session. In one copy of the fake the session stays open. In the other it is
/// closed, sometimes reopened and closed again, then items are returned, and it is cancelled.
///
/// # Panics
/// When the latter leaves anything else than the former, other than effects that are never rolled
/// back.
pub(super) fn check(
    before: &Snapshot,
    world: &World,
    (bytes, codes): (&mut Unstructured<'_>, &KnownCodes),
    trace: &mut Trace,
) -> Result<()> {
    let update = UpdateCustomerSessionV2::generate(bytes, codes)?;
    let id = &update.session_id;
    let copy = || Fake::from_snapshot(before).expect("the world was valid before");
    let (open, fake) = (copy(), copy());
    let is_open = immediate(in_state(&update, SessionState::Open).call(&open)).is_ok();
    let mut session = CopiedSession { fake, trace, effects: Vec::new() };
    session.trace.0.push(Rc::new("in a copy of the fake"));
    if !session.call(in_state(&update, SessionState::Closed), |reply| reply.effects) {
        return Ok(());
    }
    assert!(is_open, "a session that can be closed can be updated");
    if once_in(bytes, 2)? {
        assert!(session.call(ReopenCustomerSession::new(id.clone()), |_| Vec::new()));
        assert!(session.call(in_state(&update, SessionState::Closed), |reply| reply.effects));
    }
    for _ in 0..RETURNS {
        let request = ReturnCartItems::generate(bytes, codes)?;
        let request = ReturnCartItems { session_id: id.clone(), dry: None, ..request };
        session.call(request, |reply| reply.effects);
    }
    let cancelled = NewCustomerSessionV2::default().state(SessionState::Cancelled);
    let cancel = UpdateCustomerSessionV2::new(id.clone(), cancelled);
    assert!(session.call(cancel, |_| Vec::new()), "a closed session can be cancelled");
    let open = StoredState::from_snapshot(&open.snapshot());
    let cancelled = StoredState::from_snapshot(&session.fake.snapshot());
    assert_eq!(Usage::of(world, &open, &open), Usage::of(world, &open, &cancelled));
    check_permanent(&session.effects, &open, &cancelled);
    Ok(())
}

/// The update in another state, and not as a dry run.
fn in_state(update: &UpdateCustomerSessionV2, state: SessionState) -> UpdateCustomerSessionV2 {
    let mut update = UpdateCustomerSessionV2 { dry: None, now: None, ..update.clone() };
    update.request.customer_session.state = Some(state);
    update
}

/// A session in a copy of the fake, and the effects of its evaluations.
struct CopiedSession<'s> {
    fake: Fake,
    trace: &'s mut Trace,
    effects: Vec<Effect>,
}

impl CopiedSession<'_> {
    /// Returns whether the call was accepted.
    fn call<O: Call>(&mut self, request: O, effects: impl Fn(O::Reply) -> Vec<Effect>) -> bool {
        self.trace.0.push(Rc::new(request.clone()));
        let reply = immediate(request.call(&self.fake)).ok();
        let is_accepted = reply.is_some();
        self.effects.extend(reply.into_iter().flat_map(effects));
        is_accepted
    }
}

/// What a cancellation reverts: counters, budgets of discounts and redemptions, and sales.
#[derive(Debug, PartialEq)]
struct Usage<'s> {
    /// Redemptions of coupons and of referrals, the sum of discounts, and their number.
    campaigns: BTreeMap<CampaignId, (i64, i64, Amount, i64)>,
    budgets: BTreeMap<&'s str, Amount>,
    /// Redemptions, and the sum of discounts.
    coupons: BTreeMap<&'s CouponCode, (i64, Option<Amount>)>,
    referrals: BTreeMap<&'s ReferralCode, (i64, BTreeSet<&'s ProfileId>)>,
    /// Closed sessions, sales, and redemptions by code.
    profiles: BTreeMap<&'s ProfileId, (i64, Amount, BTreeMap<&'s CouponCode, i64>)>,
}

impl<'s> Usage<'s> {
    /// The usage in `state`, of the codes that exist in `known`.
    fn of(world: &World, known: &StoredState, state: &'s StoredState) -> Self {
        let campaigns = state.counts.iter().map(|(id, it)| {
            let redemptions = (it.coupon_redemptions, it.referral_redemptions);
            (*id, (redemptions.0, redemptions.1, it.discount, it.discount_effects))
        });
        let budgets = state.budgets.iter().filter(|(key, _)| is_reverted(world, key));
        let coupons = state.coupons.iter().filter(|(code, _)| known.coupons.contains_key(*code));
        let referrals =
            state.referrals.iter().filter(|(code, _)| known.referrals.contains_key(*code));
        let profiles = state.profiles.iter().map(|(id, it)| {
            let redeemed = it.redeemed.iter().map(|(code, times)| (code, *times));
            let redeemed = redeemed.filter(|(_, times)| *times != 0).collect();
            (id, (it.profile.closed_sessions, it.profile.total_sales, redeemed))
        });
        Self {
            campaigns: campaigns.filter(|(_, usage)| *usage != Default::default()).collect(),
            budgets: budgets
                .map(|(key, budget)| (key.as_str(), budget.used))
                .filter(|(_, used)| !used.is_zero())
                .collect(),
            coupons: coupons
                .map(|(code, it)| (code, (it.coupon.usage_counter, it.coupon.discount_counter)))
                .collect(),
            referrals: referrals
                .map(|(code, it)| {
                    let friends = it.referral.referred_customers.iter().flatten().collect();
                    (code, (it.referral.usage_counter, friends))
                })
                .collect(),
            profiles: profiles.collect(),
        }
    }
}

/// Whether a budget is that of a limit of discounts or redemptions.
fn is_reverted(world: &World, key: &str) -> bool {
    let mut parts = key.split('/');
    let (id, index) = (parts.next(), parts.next());
    let id: i64 = id.and_then(|id| id.parse().ok()).expect("the id of a campaign");
    let index: usize = index.and_then(|index| index.parse().ok()).expect("the index of a limit");
    let mut campaigns = world.campaigns.iter();
    let campaign = campaigns.find(|it| it.id == Some(id.into())).expect("a campaign of the world");
    matches!(
        campaign.limits[index].action.as_str(),
        "redeemCoupon" | "redeemReferral" | "setDiscount" | "setDiscountEffect"
    )
}

/// Created codes and awarded giveaways stay: one for each effect, and one giveaway for each code.
fn check_permanent(effects: &[Effect], open: &StoredState, cancelled: &StoredState) {
    let count = |is: fn(&EffectKind) -> bool| effects.iter().filter(|it| is(&it.kind)).count();
    let coupons = cancelled.coupons.len() - open.coupons.len();
    assert_eq!(coupons, count(|kind| matches!(kind, EffectKind::CouponCreated(_))));
    let referrals = cancelled.referrals.len() - open.referrals.len();
    assert_eq!(referrals, count(|kind| matches!(kind, EffectKind::ReferralCreated(_))));
    let codes = effects.iter().filter_map(|effect| match &effect.kind {
        EffectKind::AwardGiveaway(award) => Some((award.pool_id, &award.code)),
        _ => None,
    });
    let codes = codes.collect::<BTreeSet<_>>().len();
    let awarded =
        |state: &StoredState| state.awarded.values().map(AwardedCodes::count).sum::<usize>();
    assert_eq!(awarded(cancelled) - awarded(open), codes);
    let held =
        |state: &StoredState| state.profiles.values().map(|it| it.giveaways.len()).sum::<usize>();
    assert_eq!(held(cancelled) - held(open), codes);
}
