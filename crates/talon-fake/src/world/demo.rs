//! The demo world.

use super::{
    Achievement, AttributeType, Campaign, Catalog, CatalogItem, Coupon, LoyaltyCard,
    LoyaltyProgram, PriceObservation, ReturnPolicy, World,
};
use crate::rules::{Condition, Discount, Reward, Rule};

pub(super) fn world() -> World {
    let world = World::new()
        .now("2026-03-01T09:00:00Z")
        .profile_attributes(&[("Name", AttributeType::String), ("Email", AttributeType::String)])
        .event_type("shared_link", &[("channel", AttributeType::String)])
        .loyalty_program(LoyaltyProgram::new(1).return_policy(ReturnPolicy::WithinBalance))
        .loyalty_program(LoyaltyProgram::of_cards(3).card_codes("CARD-######"))
        .loyalty_card(LoyaltyCard::new(3, "FAMILY-CARD"))
        .achievement(Achievement::new(1, "FivePurchases", 5).title("Five purchases").campaign(1))
        .audience(1, "Newsletter")
        .campaign(summer());
    // Not the catalog of the application: a cart of the demo may have any items.
    let items = [CatalogItem::new("MUG").price(12), CatalogItem::new("SHOES").price(60)];
    let catalog = items.into_iter().fold(Catalog::new(1, "Shop"), Catalog::item);
    World { catalogs: vec![catalog], ..world }
        .observed_price(PriceObservation::new("MUG", "2026-01-01T00:00:00Z", 12))
        .observed_price(
            PriceObservation::new("MUG", "2026-02-14T00:00:00Z", 10).context("valentine"),
        )
        .observed_price(PriceObservation::new("MUG", "2026-02-15T00:00:00Z", 12))
}

fn summer() -> Campaign {
    Campaign::new("Summer")
        .id(1)
        .referrals("FRIEND-####")
        .coupon("SUMMER10")
        .coupon("WELCOME5")
        .coupon(Coupon::new("LIMITED1").usage_limit(1))
        .coupon(Coupon::new("EXPIRED").expires("2026-01-01T00:00:00Z"))
        .coupon("SUMMER25%OFF")
        .rule(percent_off("10 % off", 10, &["SUMMER10", "LIMITED1", "EXPIRED"]))
        .rule(percent_off("25 % off", 25, &["SUMMER25%OFF"]))
        .rule(
            Rule::new("5 off to welcome you")
                .when(Condition::CouponIs(vec!["WELCOME5".into()]))
                .then(Reward::set_discount("5 off", Discount::amount(5))),
        )
        .rule(
            Rule::new("A friend sent you")
                .when(Condition::referral_valid())
                .then(Reward::set_discount("3 off for friends", Discount::amount(3))),
        )
        .rule(
            Rule::new("Points for every purchase")
                .when(Condition::cart_total(crate::rules::Range::at_least(20)))
                .then(Reward::add_loyalty_points(1, 20)),
        )
}

fn percent_off(name: &str, percent: i32, codes: &[&str]) -> Rule {
    let codes = codes.iter().map(|code| (*code).into()).collect();
    Rule::new(name)
        .when(Condition::CouponIs(codes))
        .then(Reward::set_discount(name, Discount::percent(percent)))
}
