//! Prices that catalogs of a world begin with.

use talon_core::model::NewPriceAdjustment;
use talon_core::prelude::*;
use talon_fake::world::{Catalog, CatalogItem};
use talon_fake::{Fake, World};

use crate::shop::now;

fn at(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}

/// The best price of a mug for 12 with these adjustments, in the month until the world begins.
fn best_price(adjustments: impl IntoIterator<Item = NewPriceAdjustment>) -> Amount {
    let mug = CatalogItem::new("MUG").price(12);
    let mug = adjustments.into_iter().fold(mug, CatalogItem::price_adjustment);
    let mut world =
        World::new().now("2026-03-01T09:00:00Z").catalog(Catalog::new(1, "Shop").item(mug));
    world.application.enable_best_prior_price = true;
    let talon = Fake::new(world).expect("the world is fit");
    let request = BestPriorPriceRequest::new(["MUG"], talon.clock().now(), 30);
    let prices = now(talon.best_prior_price(BestPriorPrice::new(request))).expect("prices");
    let [price] = &prices[..] else { panic!("{prices:?}") };
    price.price
}

fn member(price: i64, reference: &str) -> NewPriceAdjustment {
    NewPriceAdjustment::new("member", price, reference)
}

#[test]
fn an_adjustment_that_applies_is_an_observed_price() {
    assert_eq!(best_price([member(8, "a")]), 8.into());
}

#[test]
fn an_adjustment_that_is_over_is_no_observed_price() {
    let effective_until = Some(at("2026-02-01T00:00:00Z"));
    let over = NewPriceAdjustment { effective_until, ..member(8, "a") };

    assert_eq!(best_price([over]), 12.into());
}

#[test]
fn an_adjustment_that_a_later_one_replaces_is_no_observed_price() {
    let calculated =
        |text, adjustment| NewPriceAdjustment { calculated_at: Some(at(text)), ..adjustment };
    let earlier = calculated("2026-02-10T00:00:00Z", member(5, "a"));
    let later = calculated("2026-02-20T00:00:00Z", member(10, "b"));

    assert_eq!(best_price([later.clone(), earlier.clone()]), 10.into());
    assert_eq!(best_price([earlier, later]), 10.into());
}
