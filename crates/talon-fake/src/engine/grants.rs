//! What rules grant beyond the session: codes, reservations, audiences, giveaways.

use std::collections::{BTreeMap, BTreeSet};

use talon_core::effect::{
    AddToAudience, AwardGiveaway, CouponCreated, EffectKind, ReferralCreated, RemoveFromAudience,
    ReserveCoupon, WillAwardGiveaway,
};
use talon_core::model::{
    AudienceMembership, Coupon, CustomerSessionV2, Giveaway, NewReferral, Referral,
};
use talon_core::{Attributes, AudienceId, CampaignId, CouponCode};

use super::evaluate::{Evaluation, Grant, GrantKind, has_room, use_up};
use crate::operations::{coupons, referrals::new_referral};
use crate::state::{StoredCoupon, Transaction};
use crate::world::default_code_settings;

/// What was issued while grants were kept.
#[derive(Debug, Default)]
pub(crate) struct IssuedCodes {
    pub(crate) coupons: Vec<Coupon>,
    pub(crate) referrals: Vec<Referral>,
    pub(crate) giveaways: Vec<Giveaway>,
    /// How many giveaways of each pool are promised in this reply.
    promised: BTreeMap<(CampaignId, i64), u32>,
}

/// When codes are issued and giveaways awarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GrantTiming {
    /// In this request.
    Now,
    /// In the request that closes the session.
    AtClose,
}

/// Keeps the grants of an evaluation and puts their effects in the order of the rules, with the
/// rejections after them.
///
/// Reservations and audiences do not wait for the close.
pub(crate) fn keep(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    evaluation: &mut Evaluation,
    timing: GrantTiming,
) -> IssuedCodes {
    let mut issued = IssuedCodes::default();
    let mut told = std::mem::take(&mut evaluation.effects).into_iter().enumerate().peekable();
    for grant in std::mem::take(&mut evaluation.grants) {
        while let Some((_, effect)) = told.next_if(|(index, _)| *index < grant.position) {
            evaluation.effects.push(effect);
        }
        if let Some(kind) = keep_one(tx, session, &grant, timing, &mut issued) {
            evaluation.effects.push(grant.effect(kind));
        }
    }
    evaluation.effects.extend(told.map(|(_, effect)| effect));
    evaluation.effects.append(&mut evaluation.rejections);
    issued
}

fn keep_one(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    grant: &Grant,
    timing: GrantTiming,
    issued: &mut IssuedCodes,
) -> Option<EffectKind> {
    let is_now = timing == GrantTiming::Now;
    match &grant.what {
        GrantKind::Coupon if is_now => make_coupon(tx, session, grant, issued),
        GrantKind::Referral if is_now => make_referral(tx, session, grant, issued),
        GrantKind::Coupon | GrantKind::Referral => None,
        GrantKind::Reservation(code) => reserve(tx, session, grant, code),
        GrantKind::Join(id) => join(tx, session, *id),
        GrantKind::Leave(id) => leave(tx, session, *id),
        GrantKind::Giveaway(pool) if is_now => award(tx, session, grant, *pool, issued),
        GrantKind::Giveaway(pool) => promise_giveaway(tx, session, grant, *pool, issued),
    }
}

/// Promises a giveaway, as long as the pool and the campaign's limits have one left for it.
fn promise_giveaway(
    tx: &Transaction<'_>,
    session: &CustomerSessionV2,
    grant: &Grant,
    pool: i64,
    issued: &mut IssuedCodes,
) -> Option<EffectKind> {
    let pool = tx.state.pools.get(&pool)?;
    let of_pool = issued.promised.iter().filter(|((_, id), _)| *id == pool.id);
    let of_campaign = issued.promised.iter().filter(|((id, _), _)| *id == grant.campaign_id);
    let of_pool: u32 = of_pool.map(|(_, count)| count).sum();
    let of_campaign: u32 = of_campaign.map(|(_, count)| count).sum();
    let fits = has_room(tx, session, grant.campaign_id, "awardGiveaway", of_campaign + 1);
    if !fits || tx.giveaways_left(pool.id) <= of_pool as usize {
        return None;
    }
    *issued.promised.entry((grant.campaign_id, pool.id)).or_default() += 1;
    let (pool_id, pool_name) = (pool.id, pool.name.clone());
    let recipient_integration_id = session.profile_id.clone();
    Some(WillAwardGiveaway { pool_id, pool_name, recipient_integration_id }.into())
}

fn make_coupon(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    grant: &Grant,
    issued: &mut IssuedCodes,
) -> Option<EffectKind> {
    let campaign = tx.campaign(grant.campaign_id)?;
    let settings = campaign.campaign.coupon_settings.clone();
    let settings = settings.unwrap_or_else(default_code_settings);
    let value = unused(tx, |tx| {
        let code = CouponCode::from(tx.ids().code(&settings));
        tx.coupon(&code).is_none().then_some(code)
    })?;
    if !use_up(tx, session, grant.campaign_id, "createCoupon") {
        return None;
    }
    let coupon = Coupon {
        id: tx.ids().number(),
        created: tx.now,
        campaign_id: grant.campaign_id,
        value: CouponCode::from(&*tx.state.case.apply(value.as_str())),
        usage_limit: 1,
        recipient_integration_id: Some(session.profile_id.clone()).filter(|id| !id.is_empty()),
        reservation: Some(true),
        attributes: Some(Attributes::new()),
        ..Coupon::default()
    };
    tx.counts_mut(grant.campaign_id).coupon_creations += 1;
    tx.put_coupon(StoredCoupon { coupon: coupon.clone(), reserved_by: BTreeSet::new() });
    let profile_id = session.profile_id.clone();
    let effect = CouponCreated { value: coupon.value.clone(), profile_id };
    issued.coupons.push(coupon);
    Some(effect.into())
}

fn make_referral(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    grant: &Grant,
    issued: &mut IssuedCodes,
) -> Option<EffectKind> {
    if !has_room(tx, session, grant.campaign_id, "createReferral", 1) {
        return None;
    }
    let order = NewReferral::new(grant.campaign_id, &session.profile_id);
    let referral = new_referral(tx, order).ok()?;
    use_up(tx, session, grant.campaign_id, "createReferral");
    tx.counts_mut(grant.campaign_id).referral_creations += 1;
    let effect = ReferralCreated { value: referral.code.clone() };
    issued.referrals.push(referral);
    Some(effect.into())
}

/// Reserves a coupon, which uses up a limit only when the reservation is new.
fn reserve(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    grant: &Grant,
    code: &CouponCode,
) -> Option<EffectKind> {
    let is_new = !tx.coupon(code)?.reserved_by.contains(&session.profile_id);
    if is_new && !use_up(tx, session, grant.campaign_id, "reserveCoupon") {
        return None;
    }
    let is_new_reservation = coupons::reserve(tx, code, &session.profile_id)?;
    let profile_integration_id = session.profile_id.clone();
    let coupon_value = tx.coupon(code)?.coupon.value.clone();
    Some(ReserveCoupon { coupon_value, profile_integration_id, is_new_reservation }.into())
}

fn join(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    id: AudienceId,
) -> Option<EffectKind> {
    let name = join_audience(tx, &session.profile_id, id)?;
    let effect = AddToAudience {
        audience_id: Some(id),
        audience_name: Some(name),
        profile_integration_id: Some(session.profile_id.clone()),
        profile_id: tx.profile(&session.profile_id)?.profile.id,
    };
    Some(effect.into())
}

fn leave(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    id: AudienceId,
) -> Option<EffectKind> {
    let name = leave_audience(tx, &session.profile_id, id)?;
    let effect = RemoveFromAudience {
        audience_id: Some(id),
        audience_name: Some(name),
        profile_integration_id: Some(session.profile_id.clone()),
        profile_id: tx.profile(&session.profile_id)?.profile.id,
    };
    Some(effect.into())
}

/// Makes the profile a member; returns the audience's name, or `None` when there is no such one.
pub(crate) fn join_audience(
    tx: &mut Transaction<'_>,
    profile: &talon_core::ProfileId,
    id: AudienceId,
) -> Option<String> {
    let name = tx.tables.audiences.get(&id)?.name.clone();
    let memberships = &mut tx.profile_mut(profile)?.profile.audience_memberships;
    let memberships = memberships.get_or_insert_default();
    if !memberships.iter().any(|membership| membership.id == id) {
        memberships.push(AudienceMembership { id, name: name.clone() });
        tx.tables.audience_members.delta(id).insert(profile.clone(), true);
    }
    Some(name)
}

/// Ends the membership; returns the audience's name, or `None` when there is no such one.
pub(crate) fn leave_audience(
    tx: &mut Transaction<'_>,
    profile: &talon_core::ProfileId,
    id: AudienceId,
) -> Option<String> {
    let name = tx.tables.audiences.get(&id)?.name.clone();
    if let Some(memberships) = &mut tx.profile_mut(profile)?.profile.audience_memberships {
        memberships.retain(|membership| membership.id != id);
        tx.tables.audience_members.delta(id).insert(profile.clone(), false);
    }
    Some(name)
}

fn award(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    grant: &Grant,
    pool: i64,
    issued: &mut IssuedCodes,
) -> Option<EffectKind> {
    let name = tx.state.pools.get(&pool)?.name.clone();
    if tx.giveaways_left(pool) == 0 || !use_up(tx, session, grant.campaign_id, "awardGiveaway") {
        return None;
    }
    let code = tx.award(pool)?;
    let giveaway = Giveaway {
        id: tx.ids().number(),
        created: tx.now,
        code: code.clone(),
        pool_id: pool,
        used: Some(true),
        profile_integration_id: Some(session.profile_id.clone()),
        ..Giveaway::default()
    };
    if let Some(profile) = tx.profile_mut(&session.profile_id) {
        profile.giveaways.push(giveaway.clone());
    }
    let effect = AwardGiveaway {
        pool_id: pool,
        pool_name: name,
        recipient_integration_id: session.profile_id.clone(),
        giveaway_id: giveaway.id,
        code,
    };
    issued.giveaways.push(giveaway);
    Some(effect.into())
}

/// Tries for a code that is not taken, not for ever: a constant pattern has but one.
pub(crate) fn unused<T>(
    tx: &mut Transaction<'_>,
    mut attempt: impl FnMut(&mut Transaction<'_>) -> Option<T>,
) -> Option<T> {
    (0..100).find_map(|_| attempt(tx))
}
