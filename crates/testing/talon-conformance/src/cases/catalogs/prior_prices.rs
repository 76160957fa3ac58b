//! The best prior price of items, in histories that worlds begin with. BEHAVIOUR-today 8.2.

use talon_core::KnownOrRaw;
use talon_fake::world::{Audience, PriceObservation};

use crate::prelude::*;

cases! {
    "bestPriorPrice" {
        success a_price_has_everything_that_was_observed,
        detail the_lowest_price_of_the_timeframe_is_found,
        surprise the_price_that_applies_when_the_timeframe_starts_counts,
        surprise of_equal_prices_the_latest_is_found,
        detail prices_come_in_the_order_of_the_items,
        surprise an_item_without_a_price_is_left_out,
        detail a_strict_timeframe_ends_at_the_given_instant,
        detail a_timeframe_may_end_where_the_current_price_began,
        surprise equal_prices_one_after_another_are_one_price,
        detail a_timeframe_may_end_where_the_current_sale_began,
        surprise without_a_sale_the_timeframe_ends_at_the_given_instant,
        surprise a_price_without_an_earlier_one_has_no_best_prior_price,
        detail an_excluded_price_does_not_count,
        detail an_audience_has_its_own_prices,
        surprise an_audience_without_prices_has_those_of_all,
        surprise all_customers_do_not_have_the_prices_of_an_audience,
        surprise the_request_of_before_april_2026_is_accepted,
        surprise an_item_that_is_listed_twice_is_in_the_reply_once,
    }
}

fn mug(observed_at: &str, price: i64) -> PriceObservation {
    PriceObservation::new("MUG", format!("2025-{observed_at}T00:00:00Z").as_str(), price)
}

/// A mug that costs 12, then 9, then 11, and in the summer sale 10 and 8.
fn summer() -> Seed {
    let history = [
        mug("05-01", 12),
        mug("06-01", 9),
        mug("06-10", 11),
        mug("07-01", 10).context("SummerSale"),
        mug("07-10", 8).context("SummerSale").context("Club"),
    ];
    world(history)
}

fn world(history: impl IntoIterator<Item = PriceObservation>) -> Seed {
    let club = Audience::new(4, "Club").integration("mparticle", "club-1");
    let seed = Seed::new().add_audience(club).audience(5, "Press");
    history.into_iter().fold(seed, Seed::observed_price)
}

/// The mug's prices until the end of this day of 2025.
fn until(day: &str, days: u32) -> BestPriorPriceRequest {
    BestPriorPriceRequest::new(["MUG"], at(&format!("2025-{day}T23:59:59Z")), days)
}

/// The day and the price of the mug, if there is one.
async fn best(world: &World, request: BestPriorPriceRequest) -> Option<(String, i64)> {
    let found = world.prior(request).await;
    let price = found.first()?;
    assert_eq!(found.len(), 1, "{found:?}");
    let day = price.observed_at.to_string()[5..10].to_owned();
    Some((day, price.price.to_string().parse().expect("whole prices")))
}

fn on(day: &str, price: i64) -> (String, i64) {
    (day.to_owned(), price)
}

async fn a_price_has_everything_that_was_observed(worlds: Worlds) {
    let campaign = InfluencingCampaign { campaign_id: 31.into(), discount_value: 2.into() };
    let adjustment = PriceAdjustmentDetails {
        reference_id: "68851723-e6fa-488f-ace9-112581e6c19b".into(),
        selected_price_type: "member".into(),
        value: 10.into(),
    };
    let observation = PriceObservation {
        campaigns: vec![campaign.clone()],
        adjustment: Some(adjustment.clone()),
        ..mug("06-01", 8).context("Summer").context("Club").audience(4)
    };
    let world = worlds.with(world([observation])).await;

    let found = world.prior(until("06-30", 60).audience(4)).await;

    let id = found[0].id;
    assert!(id.is_some());
    let expected = PriorPrice {
        id,
        sku: "MUG".into(),
        observed_at: at("2025-06-01T00:00:00Z"),
        context_ids: vec!["Summer".into(), "Club".into()],
        context_id: Some(String::new()),
        price: 8.into(),
        metadata: PriorPriceMetadata {
            influencing_campaign_details: vec![campaign],
            adjustment_details: Some(KnownOrRaw::Known(adjustment)),
            ..PriorPriceMetadata::default()
        },
        target: Some(KnownOrRaw::Known(PriorPriceTarget {
            target_type: PriceTargetType::Audience,
            audience: Some(AudienceReference {
                id: 4.into(),
                integration: Some("mparticle".into()),
                integration_id: Some("club-1".into()),
            }),
        })),
    };
    assert_eq!(found, [expected]);
}

async fn the_lowest_price_of_the_timeframe_is_found(worlds: Worlds) {
    let world = worlds.with(summer()).await;

    assert_eq!(best(&world, until("06-30", 60)).await, Some(on("06-01", 9)));
    assert_eq!(best(&world, until("07-20", 30)).await, Some(on("07-10", 8)));
}

async fn the_price_that_applies_when_the_timeframe_starts_counts(worlds: Worlds) {
    let world = worlds.with(summer()).await;

    // Nothing was observed in these days.
    assert_eq!(best(&world, until("06-30", 5)).await, Some(on("06-10", 11)));
    // 9 applied when they began.
    assert_eq!(best(&world, until("06-12", 5)).await, Some(on("06-01", 9)));
}

async fn of_equal_prices_the_latest_is_found(worlds: Worlds) {
    let world = worlds.with(world([mug("06-01", 9), mug("06-05", 11), mug("06-10", 9)])).await;

    assert_eq!(best(&world, until("06-30", 60)).await, Some(on("06-10", 9)));
}

async fn prices_come_in_the_order_of_the_items(worlds: Worlds) {
    let plate = PriceObservation::new("PLATE", "2025-06-01T00:00:00Z", 7);
    let world = worlds.with(summer().observed_price(plate)).await;
    let skus = vec!["PLATE".to_owned(), "MUG".to_owned()];

    let found = world.prior(BestPriorPriceRequest { skus, ..until("06-30", 60) }).await;

    let skus: Vec<_> = found.iter().map(|price| price.sku.as_str()).collect();
    assert_eq!(skus, ["PLATE", "MUG"]);
}

async fn an_item_without_a_price_is_left_out(worlds: Worlds) {
    let world = worlds.with(summer()).await;
    let skus = vec!["CUP".to_owned(), "MUG".to_owned()];

    let found = world.prior(BestPriorPriceRequest { skus, ..until("06-30", 60) }).await;
    let before_the_first = best(&world, until("04-30", 60)).await;

    assert_eq!(found.len(), 1);
    assert_eq!(before_the_first, None);
}

async fn a_strict_timeframe_ends_at_the_given_instant(worlds: Worlds) {
    let world = worlds.with(summer()).await;
    let end = |instant: &str| BestPriorPriceRequest {
        timeframe_end_date: at(instant),
        ..until("07-10", 60)
    };

    assert_eq!(best(&world, end("2025-07-09T23:59:59Z")).await, Some(on("06-01", 9)));
    assert_eq!(best(&world, end("2025-07-10T00:00:00Z")).await, Some(on("07-10", 8)));
}

async fn a_timeframe_may_end_where_the_current_price_began(worlds: Worlds) {
    let world = worlds.with(summer()).await;
    let price = |days| until("07-20", days).timeframe_end_date_type(TimeframeEnd::Price);

    // 8 began on July 10: the days before are compared.
    assert_eq!(best(&world, price(60)).await, Some(on("06-01", 9)));
    assert_eq!(best(&world, price(20)).await, Some(on("07-01", 10)));
}

async fn equal_prices_one_after_another_are_one_price(worlds: Worlds) {
    let history = [mug("06-01", 10), mug("06-10", 8), mug("06-20", 8).context("Sale")];
    let world = worlds.with(world(history)).await;

    let found = best(&world, until("06-30", 60).timeframe_end_date_type(TimeframeEnd::Price)).await;

    assert_eq!(found, Some(on("06-01", 10)));
}

async fn a_timeframe_may_end_where_the_current_sale_began(worlds: Worlds) {
    let world = worlds.with(summer()).await;
    let sale = |days| until("07-20", days).timeframe_end_date_type(TimeframeEnd::Sale);

    // The sale began on July 1, with another price.
    assert_eq!(best(&world, sale(60)).await, Some(on("06-01", 9)));
    assert_eq!(best(&world, sale(20)).await, Some(on("06-10", 11)));
}

async fn without_a_sale_the_timeframe_ends_at_the_given_instant(worlds: Worlds) {
    let world = worlds.with(summer()).await;

    let found = best(&world, until("06-10", 5).timeframe_end_date_type(TimeframeEnd::Sale)).await;

    assert_eq!(found, Some(on("06-01", 9)));
}

async fn a_price_without_an_earlier_one_has_no_best_prior_price(worlds: Worlds) {
    let world = worlds.with(world([mug("06-01", 10).context("Sale")])).await;

    for end in [TimeframeEnd::Price, TimeframeEnd::Sale] {
        assert_eq!(best(&world, until("06-30", 60).timeframe_end_date_type(end)).await, None);
    }
    assert_eq!(best(&world, until("06-30", 60)).await, Some(on("06-01", 10)));
}

async fn an_excluded_price_does_not_count(worlds: Worlds) {
    let history = [mug("06-01", 10), mug("06-10", 8).excluded()];
    let world = worlds.with(world(history)).await;

    assert_eq!(best(&world, until("06-30", 60)).await, Some(on("06-01", 10)));
}

async fn an_audience_has_its_own_prices(worlds: Worlds) {
    let history = [mug("06-01", 10), mug("06-10", 8), mug("06-20", 9).audience(4)];
    let world = worlds.with(world(history)).await;

    assert_eq!(best(&world, until("06-30", 60).audience(4)).await, Some(on("06-20", 9)));
}

async fn an_audience_without_prices_has_those_of_all(worlds: Worlds) {
    let history = [mug("06-01", 10), mug("06-20", 9).audience(4)];
    let world = worlds.with(world(history)).await;

    let found = world.prior(until("06-30", 60).audience(5)).await;

    assert_eq!(found[0].price, 10.into());
    let target = found[0].target.as_ref().and_then(KnownOrRaw::known).expect("as specified");
    assert_eq!((&target.target_type, &target.audience), (&PriceTargetType::None, &None));
}

async fn all_customers_do_not_have_the_prices_of_an_audience(worlds: Worlds) {
    let history = [mug("06-01", 10), mug("06-20", 9).audience(4)];
    let world = worlds.with(world(history)).await;
    let target = PriceTarget::default();

    let found = until("06-30", 60);
    assert_eq!(best(&world, found.clone()).await, Some(on("06-01", 10)));
    let found = BestPriorPriceRequest { target: Some(target), ..found };
    assert_eq!(best(&world, found).await, Some(on("06-01", 10)));
}

async fn the_request_of_before_april_2026_is_accepted(worlds: Worlds) {
    let world = worlds.with(summer()).await;
    let request = |strict| BestPriorPriceRequest {
        timeframe_end_date_type: None,
        strict_end_date: Some(strict),
        ..until("07-20", 20)
    };

    assert_eq!(best(&world, request(true)).await, Some(on("07-10", 8)));
    assert_eq!(best(&world, request(false)).await, Some(on("06-10", 11)));
}

async fn an_item_that_is_listed_twice_is_in_the_reply_once(worlds: Worlds) {
    let world = worlds.with(summer()).await;
    let skus = vec!["MUG".to_owned(), "MUG".to_owned()];

    let found = world.prior(BestPriorPriceRequest { skus, ..until("06-30", 60) }).await;

    assert_eq!(found.len(), 1);
}
