//! Seeds of cases.

mod loyalty;

pub(crate) use loyalty::{bought, buying, points, program, rewards_by_sku};
pub(crate) use talon_fake::{Coupon, LoyaltyCard, Referral};

use talon_core::model::{
    CartItem, LimitAction, LimitConfig, LimitEntity, NewCustomerSessionV2, SessionState,
};
use talon_core::{Amount, CampaignId};
use talon_fake::Campaign;
use talon_fake::rules::{Condition, Discount, ItemFilter, Reward, Rule};

use crate::Seed;

/// Id of the campaign of most seeds.
pub(crate) const CAMPAIGN: i64 = 193;

/// 10 % off the cart with the coupon `SUMMER10`.
pub(crate) fn summer() -> Seed {
    coupon("SUMMER10")
}

/// 10 % off the cart with this coupon.
pub(crate) fn coupon(coupon: impl Into<Coupon>) -> Seed {
    of(summer_campaign().coupon(coupon))
}

/// The campaign of [`summer`], without a coupon.
pub(crate) fn summer_campaign() -> Campaign {
    Campaign::new("Summer").id(CAMPAIGN).rule(ten_percent().when(Condition::coupon_valid()))
}

/// A rule that gives 10 % off.
pub(crate) fn ten_percent() -> Rule {
    Rule::new("Ten off").then(Reward::set_discount("10 % off", Discount::percent(10)))
}

/// 3 off for a friend with the code `FRIEND-1`, whose advocate is `anna`.
pub(crate) fn friends() -> Seed {
    referral(Referral::new("FRIEND-1", "anna"))
}

/// 3 off with this referral.
pub(crate) fn referral(referral: Referral) -> Seed {
    of(friends_campaign().referral(referral))
}

/// The campaign of [`friends`], without a referral. It creates codes such as `FRIEND-A7Q2`.
pub(crate) fn friends_campaign() -> Campaign {
    let rule = Rule::new("A friend sent you")
        .when(Condition::referral_valid())
        .then(Reward::set_discount("3 off", Discount::amount(3)));
    Campaign::new("Friends").id(CAMPAIGN).referrals("FRIEND-####").rule(rule)
}

/// A campaign with only this rule.
pub(crate) fn rule(rule: Rule) -> Seed {
    of(Campaign::new("Rule").id(CAMPAIGN).rule(rule))
}

/// A rule that gives this reward to carts with an item. It is named after the item.
pub(crate) fn rule_for_item(sku: &str, reward: Reward) -> Rule {
    Rule::new(sku).when(Condition::AnyItem(ItemFilter::sku(sku))).then(reward)
}

/// 10 % off if this condition holds.
pub(crate) fn when(condition: Condition) -> Seed {
    rule(ten_percent().when(condition))
}

/// A campaign that gives this reward to every cart.
pub(crate) fn always(reward: Reward) -> Seed {
    rule(Rule::new("Always").then(reward))
}

/// A world with this campaign.
pub(crate) fn of(campaign: Campaign) -> Seed {
    Seed::new().campaign(campaign)
}

/// 5 off each unit of every item.
pub(crate) fn five_off_each() -> Campaign {
    let off = Discount::amount(5);
    let off = Reward::set_discount_per_item("5 off", off, ItemFilter::default());
    Campaign::new("Five off").id(CAMPAIGN).rule(Rule::new("Five off").then(off))
}

/// Closes a session of `anna`: shoes for 60, and two shirts for 20 each.
pub(crate) fn shoes_and_shirts() -> NewCustomerSessionV2 {
    let items = [CartItem::new("SHOES", 1).price(60), CartItem::new("SHIRT", 2).price(20)];
    let session = NewCustomerSessionV2::default().profile("anna").cart_items(items);
    session.state(SessionState::Closed)
}

/// A budget of a campaign.
pub(crate) fn limit(
    action: LimitAction,
    limit: impl Into<Amount>,
    entities: &[LimitEntity],
) -> LimitConfig {
    LimitConfig { action, limit: limit.into(), entities: entities.to_vec(), period: None }
}

/// Id of the campaign of most seeds.
pub(crate) fn campaign_id() -> CampaignId {
    CAMPAIGN.into()
}
