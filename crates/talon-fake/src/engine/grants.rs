//! Grants: codes, reservations, audiences and giveaways that rules give.

use std::collections::BTreeMap;

use talon_core::CampaignId;
use talon_core::effect::{
    AddToAudience, AwardGiveaway, CouponCreated, Effect, EffectKind, ReferralCreated,
    RemoveFromAudience, ReserveCoupon, WillAwardGiveaway,
};
use talon_core::model::{CustomerSessionV2, Giveaway, NewReferral};
use talon_core::{AudienceId, CouponCode, KnownOrRaw};

use super::codes::CodeBatch;
use super::outcome::{Evaluation, Grant, GrantKind, IssuedCodes};
use super::rule_ref::RuleRef;
use super::{audiences, codes, limits};
use crate::state::Transaction;

/// When codes are created and giveaways awarded; reservations and audiences change at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GrantTiming {
    /// In this request.
    Now,
    /// In the request that closes the session.
    OnClose,
}

/// Makes the grants of an evaluation, puts their effects in the order of the rules, and appends
/// the rejections. A giveaway among those that the session `awarded` before is not awarded again.
pub(super) fn issue(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    evaluation: &mut Evaluation,
    timing: GrantTiming,
    awarded: &[Effect],
) -> IssuedCodes {
    let grants = std::mem::take(&mut evaluation.grants);
    let (codes, announced) = (IssuedCodes::default(), BTreeMap::new());
    let awarded = awarded.to_vec();
    let mut issuer = Issuer { tx, session, timing, codes, announced, awarded };
    if !grants.is_empty() {
        issuer.issue_all(grants, evaluation);
    }
    let codes = issuer.codes;
    evaluation.effects.append(&mut evaluation.rejections);
    codes
}

/// Makes grants, one after another.
struct Issuer<'t, 's> {
    tx: &'t mut Transaction<'s>,
    session: &'t CustomerSessionV2,
    timing: GrantTiming,
    codes: IssuedCodes,
    /// How many giveaways each campaign announces in this reply, by pool.
    announced: BTreeMap<(CampaignId, i64), u32>,
    /// Giveaways of an earlier close, which a grant of the same rule repeats.
    awarded: Vec<Effect>,
}

impl Issuer<'_, '_> {
    fn issue_all(&mut self, grants: Vec<Grant>, evaluation: &mut Evaluation) {
        let mut others = std::mem::take(&mut evaluation.effects).into_iter().enumerate().peekable();
        let mut inserted = Vec::new();
        for grant in grants {
            while let Some((_, effect)) = others.next_if(|(index, _)| *index < grant.position) {
                evaluation.effects.push(effect);
            }
            if let Some(kind) = self.issue(&grant)
                && let Some(campaign) = self.tx.campaign(grant.campaign_id)
            {
                let rule = RuleRef::new(campaign, grant.rule, grant.coupon_id);
                evaluation.effects.push(rule.effect(kind));
                inserted.push(grant.position);
            }
        }
        evaluation.effects.extend(others.map(|(_, effect)| effect));
        // Effects after an inserted one have moved by one place.
        for limit_use in &mut evaluation.limit_uses {
            let before = inserted.partition_point(|position| *position <= limit_use.effect);
            limit_use.effect += before;
        }
    }

    /// Makes one grant; returns its effect, unless there is nothing to grant.
    fn issue(&mut self, grant: &Grant) -> Option<EffectKind> {
        let is_now = self.timing == GrantTiming::Now;
        match &grant.kind {
            GrantKind::CreateCoupon if is_now => self.create_coupon(grant),
            GrantKind::CreateReferral if is_now => self.create_referral(grant),
            GrantKind::CreateCoupon | GrantKind::CreateReferral => None,
            GrantKind::ReserveCoupon(code) => self.reserve(grant, code),
            GrantKind::JoinAudience(id) => self.join(*id),
            GrantKind::LeaveAudience(id) => self.leave(*id),
            GrantKind::AwardGiveaway(pool) if is_now => {
                self.take_awarded(grant).or_else(|| self.award(grant, *pool))
            }
            GrantKind::AwardGiveaway(pool) => match self.take_awarded(grant) {
                Some(_) => self.will_award(*pool),
                None => self.announce(grant, *pool),
            },
        }
    }

    fn use_up(&mut self, grant: &Grant, action: &str) -> bool {
        limits::use_up(self.tx, self.session, grant.campaign_id, action)
    }

    fn create_coupon(&mut self, grant: &Grant) -> Option<EffectKind> {
        let profile_id = self.session.profile_id.clone();
        let value = codes::unused_coupon(self.tx, grant.campaign_id)?;
        if !self.use_up(grant, "createCoupon") {
            return None;
        }
        let coupon = codes::create_coupon(self.tx, grant.campaign_id, value, &profile_id);
        let effect = CouponCreated { value: coupon.value.clone(), profile_id };
        self.codes.coupons.push(coupon);
        Some(effect.into())
    }

    fn create_referral(&mut self, grant: &Grant) -> Option<EffectKind> {
        let (session, campaign) = (self.session, grant.campaign_id);
        if !limits::has_room(self.tx, session, campaign, "createReferral", 1) {
            return None;
        }
        let order = NewReferral::new(campaign, &session.profile_id);
        let referral = codes::create_referral(self.tx, order, CodeBatch::default()).ok()?;
        self.use_up(grant, "createReferral");
        self.tx.counts_mut(campaign).referral_creations += 1;
        let effect = ReferralCreated { value: referral.code.clone() };
        self.codes.referrals.push(referral);
        Some(effect.into())
    }

    /// Reserves a coupon, which counts against limits only when the reservation is new.
    fn reserve(&mut self, grant: &Grant, code: &CouponCode) -> Option<EffectKind> {
        let profile = &self.session.profile_id;
        let is_new_reservation = !self.tx.coupon(code)?.reserved_by.contains(profile);
        if is_new_reservation && !self.use_up(grant, "reserveCoupon") {
            return None;
        }
        codes::reserve(self.tx, code, std::slice::from_ref(profile));
        let profile_integration_id = profile.clone();
        let coupon_value = self.tx.coupon(code)?.coupon.value.clone();
        Some(ReserveCoupon { coupon_value, profile_integration_id, is_new_reservation }.into())
    }

    fn join(&mut self, id: AudienceId) -> Option<EffectKind> {
        let profile = &self.session.profile_id;
        let name = audiences::join(self.tx, profile, id)?;
        let effect = AddToAudience {
            audience_id: Some(id),
            audience_name: Some(name),
            profile_integration_id: Some(profile.clone()),
            profile_id: self.tx.profile(profile)?.profile.id,
        };
        Some(effect.into())
    }

    fn leave(&mut self, id: AudienceId) -> Option<EffectKind> {
        let profile = &self.session.profile_id;
        let name = audiences::leave(self.tx, profile, id)?;
        let effect = RemoveFromAudience {
            audience_id: Some(id),
            audience_name: Some(name),
            profile_integration_id: Some(profile.clone()),
            profile_id: self.tx.profile(profile)?.profile.id,
        };
        Some(effect.into())
    }

    /// The giveaway that an earlier close of the session awarded for the same rule.
    fn take_awarded(&mut self, grant: &Grant) -> Option<EffectKind> {
        let index = self.awarded.iter().position(|effect| grant.was_awarded_by(effect))?;
        Some(self.awarded.swap_remove(index).kind)
    }

    fn award(&mut self, grant: &Grant, pool: i64) -> Option<EffectKind> {
        let pool_name = self.tx.state.pools.get(&pool)?.name.clone();
        if !self.tx.has_giveaways_beyond(pool, 0) || !self.use_up(grant, "awardGiveaway") {
            return None;
        }
        let recipient_integration_id = self.session.profile_id.clone();
        let awarded = self.tx.award(pool)?;
        let code = awarded.code.clone();
        let giveaway = Giveaway {
            id: self.tx.ids().number(),
            created: self.tx.now,
            code: code.clone(),
            pool_id: pool,
            start_date: awarded.start_date.map(KnownOrRaw::Known),
            end_date: awarded.end_date.map(KnownOrRaw::Known),
            attributes: Some(&awarded.attributes).filter(|it| !it.is_empty()).cloned(),
            used: Some(true),
            profile_integration_id: Some(recipient_integration_id.clone()),
            ..Giveaway::default()
        };
        if let Some(profile) = self.tx.profile_mut(&recipient_integration_id) {
            profile.giveaways.push(giveaway.clone());
        }
        let giveaway_id = giveaway.id;
        self.codes.giveaways.push(giveaway);
        let pool_id = pool;
        let effect =
            AwardGiveaway { pool_id, pool_name, recipient_integration_id, giveaway_id, code };
        Some(effect.into())
    }

    /// Announces a giveaway, as long as the pool and the campaign's limits have one left for it.
    fn announce(&mut self, grant: &Grant, pool: i64) -> Option<EffectKind> {
        let pool = self.tx.state.pools.get(&pool)?;
        let campaign = grant.campaign_id;
        let of_pool = self.announced.iter().filter(|((_, id), _)| *id == pool.id);
        let of_campaign = self.announced.iter().filter(|((id, _), _)| *id == campaign);
        let of_pool: u32 = of_pool.map(|(_, count)| count).sum();
        let of_campaign: u32 = of_campaign.map(|(_, count)| count).sum();
        let more = of_campaign + 1;
        let has_room = limits::has_room(self.tx, self.session, campaign, "awardGiveaway", more);
        if !has_room || !self.tx.has_giveaways_beyond(pool.id, of_pool as usize) {
            return None;
        }
        *self.announced.entry((campaign, pool.id)).or_default() += 1;
        self.will_award(pool.id)
    }

    fn will_award(&self, pool: i64) -> Option<EffectKind> {
        let pool = self.tx.state.pools.get(&pool)?;
        let (pool_id, pool_name) = (pool.id, pool.name.clone());
        let recipient_integration_id = self.session.profile_id.clone();
        Some(WillAwardGiveaway { pool_id, pool_name, recipient_integration_id }.into())
    }
}
