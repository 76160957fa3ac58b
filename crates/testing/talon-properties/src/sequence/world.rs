//! Worlds with some of everything that a world can contain.

use arbitrary::{Result, Unstructured};
use talon_core::model::{CampaignState, LimitAction, LimitConfig, LimitEntity, LimitPeriod};
use talon_core::{Amount, Attributes, Timestamp};
use talon_fake::world::{CaseSensitivity, JoinPolicy, LoyaltyTier, ReturnPolicy};
use talon_fake::{Campaign, Coupon, LoyaltyCard, LoyaltyProgram, Referral, World};

use super::rules;
use super::values::{
    self, CARD_PROGRAM, PROFILES, START, amount, instant, maybe, once_in, one_of, up_to,
};

/// Every action that has a limit and takes effect when a session closes.
const ACTIONS: &[&str] = &[
    "redeemCoupon",
    "redeemReferral",
    "setDiscount",
    "setDiscountEffect",
    "createCoupon",
    "createLoyaltyPoints",
    "createLoyaltyPointsEffect",
    "redeemLoyaltyPoints",
    "redeemLoyaltyPointsEffect",
    "addFreeItemEffect",
    "customEffect",
    "callApi",
    "awardGiveaway",
];

pub(super) fn generate(bytes: &mut Unstructured<'_>) -> Result<World> {
    let cases = [
        CaseSensitivity::Sensitive,
        CaseSensitivity::InsensitiveUppercase,
        CaseSensitivity::InsensitiveLowercase,
    ];
    let mut world = World::new()
        .now(START)
        .case_sensitivity(one_of(bytes, &cases)?)
        .audience(1, "Regulars")
        .audience(2, "Guests")
        .giveaways(1, "Mugs", &["MUG-1", "MUG-2"])
        .giveaways(2, "Nothing", &[])
        .profile("anna", Attributes::new().with("Tier", "gold"));
    for id in values::PROFILE_PROGRAMS {
        world = world.loyalty_program(program(bytes, *id)?);
    }
    world = cards(bytes, world)?;
    for id in 1..=bytes.int_in_range(1..=2i64)? {
        world = world.campaign(campaign(bytes, id)?);
    }
    Ok(world)
}

/// A program of cards, and cards: an active one, one that may be inactive, and one that was
/// transferred.
fn cards(bytes: &mut Unstructured<'_>, world: World) -> Result<World> {
    let program = LoyaltyProgram::of_cards(CARD_PROGRAM)
        .users_per_card_limit(bytes.int_in_range(0..=2)?)
        .return_policy(one_of(bytes, RETURNS)?);
    let card = |identifier| LoyaltyCard::new(CARD_PROGRAM, identifier);
    let second = if once_in(bytes, 2)? { card("card-2").inactive() } else { card("card-2") };
    let cards = [
        card("card-1").profiles(["anna"]),
        second,
        card("old-card").transferred_to("card-1").block_reason("lost"),
    ];
    Ok(cards.into_iter().fold(world.loyalty_program(program), World::loyalty_card))
}

const RETURNS: &[ReturnPolicy] =
    &[ReturnPolicy::WithinBalance, ReturnPolicy::OnlyPending, ReturnPolicy::Unlimited];

fn program(bytes: &mut Unstructured<'_>, id: i64) -> Result<LoyaltyProgram> {
    let joins = [JoinPolicy::PointsEarned, JoinPolicy::PointsActivated, JoinPolicy::NotJoin];
    Ok(LoyaltyProgram::new(id)
        .return_policy(one_of(bytes, RETURNS)?)
        .join_policy(one_of(bytes, &joins)?)
        .tier(LoyaltyTier::new("silver", 10))
        .tier(LoyaltyTier::new("gold", 100)))
}

fn campaign(bytes: &mut Unstructured<'_>, id: i64) -> Result<Campaign> {
    let mut campaign = Campaign::new(format!("Campaign {id}")).id(id);
    campaign.partial_rewards = once_in(bytes, 2)?;
    campaign.reevaluate_on_return = once_in(bytes, 2)?;
    if once_in(bytes, 8)? {
        (campaign.start_time, campaign.end_time) = period(bytes)?;
    }
    if once_in(bytes, 16)? {
        campaign = campaign.state(CampaignState::Disabled);
    }
    if once_in(bytes, 2)? {
        campaign = campaign.referrals("FRIEND-#").referral(referral(bytes, id)?);
    }
    for number in 1..=bytes.int_in_range(1..=2u8)? {
        campaign = campaign.coupon(coupon(bytes, &format!("CODE-{id}{number}"))?);
    }
    campaign.limits = up_to(bytes, 3, limit)?;
    for number in 0..=bytes.int_in_range(0..=2u8)? {
        campaign = campaign.rule(rules::generate(bytes, id, number)?);
    }
    Ok(campaign)
}

fn coupon(bytes: &mut Unstructured<'_>, code: &str) -> Result<Coupon> {
    let mut coupon = Coupon::new(code).usage_limit(bytes.int_in_range(0..=2)?);
    coupon.discount_limit = maybe(bytes, amount)?;
    if once_in(bytes, 4)? {
        (coupon.start_date, coupon.expiry_date) = period(bytes)?;
        coupon.is_reservation_mandatory = bytes.arbitrary()?;
        coupon.recipient_integration_id =
            maybe(bytes, |bytes| one_of(bytes, PROFILES))?.map(Into::into);
    }
    Ok(coupon)
}

/// A start that is not after the end: other worlds are refused.
fn period(bytes: &mut Unstructured<'_>) -> Result<(Option<Timestamp>, Option<Timestamp>)> {
    Ok(match (maybe(bytes, instant)?, maybe(bytes, instant)?) {
        (Some(start), Some(end)) => (Some(start.min(end)), Some(start.max(end))),
        one => one,
    })
}

fn referral(bytes: &mut Unstructured<'_>, id: i64) -> Result<Referral> {
    let advocate = one_of(bytes, PROFILES)?;
    let mut referral = Referral::new(format!("REFER-{id}"), advocate);
    referral.usage_limit = bytes.int_in_range(0..=2)?;
    referral.friend_profile_integration_id =
        maybe(bytes, |bytes| one_of(bytes, PROFILES))?.map(Into::into);
    Ok(referral)
}

fn limit(bytes: &mut Unstructured<'_>) -> Result<LimitConfig> {
    let action = LimitAction::from(one_of(bytes, ACTIONS)?);
    let limit = if once_in(bytes, 2)? {
        amount(bytes)?
    } else {
        Amount::from(bytes.int_in_range(0..=3i64)?)
    };
    let period = maybe(bytes, |bytes| one_of(bytes, LimitPeriod::KNOWN))?;
    let mut entities: Vec<_> = up_to(bytes, 2, |bytes| one_of(bytes, LimitEntity::KNOWN))?;
    entities.dedup();
    Ok(LimitConfig { action, limit, period, entities })
}
