//! Requests for prior prices that are refused. BEHAVIOUR-today 1.5, 8.2.

use crate::prelude::*;

cases! {
    "bestPriorPrice" {
        refused(400) no_item_is_refused,
        refused(400) an_empty_item_is_refused,
        refused(400) a_timeframe_that_is_no_number_of_days_is_refused,
        refused(400) a_request_without_an_end_is_refused,
        refused(400) an_unknown_end_is_refused,
        refused(400) an_audience_without_an_id_is_refused,
        refused(400) an_unknown_target_is_refused,
    }
}

fn request() -> BestPriorPriceRequest {
    BestPriorPriceRequest::new(["MUG"], at("2025-06-30T23:59:59Z"), 60)
}

async fn assert_refused(
    worlds: Worlds,
    request: BestPriorPriceRequest,
    title: &str,
    pointer: &str,
) {
    let world = worlds.empty().await;

    let refusal = refusal(world.api.best_prior_price(BestPriorPrice::new(request)).await);

    assert_eq!(refusal.status(), 400);
    let [problem] = refusal.problems() else { panic!("{refusal:?}") };
    assert_eq!((&*problem.title, problem.source.pointer.as_deref()), (title, Some(pointer)));
}

async fn no_item_is_refused(worlds: Worlds) {
    let request = BestPriorPriceRequest { skus: Vec::new(), ..request() };
    assert_refused(worlds, request, "minItems", "/skus").await;
}

async fn an_empty_item_is_refused(worlds: Worlds) {
    let skus = vec!["MUG".to_owned(), String::new()];
    let request = BestPriorPriceRequest { skus, ..request() };
    assert_refused(worlds, request, "minLength", "/skus/1").await;
}

async fn a_timeframe_that_is_no_number_of_days_is_refused(worlds: Worlds) {
    for timeframe in ["", "0", "-1", "+1", "1.5", "a month", "99999999999"] {
        let request = BestPriorPriceRequest { timeframe: timeframe.into(), ..request() };
        assert_refused(worlds, request, "Invalid", "/timeframe").await;
    }
}

async fn a_request_without_an_end_is_refused(worlds: Worlds) {
    let request = BestPriorPriceRequest { timeframe_end_date_type: None, ..request() };
    assert_refused(worlds, request, "enum", "/timeframeEndDateType").await;
}

async fn an_unknown_end_is_refused(worlds: Worlds) {
    let request = request().timeframe_end_date_type("never");
    assert_refused(worlds, request, "enum", "/timeframeEndDateType").await;
}

async fn an_audience_without_an_id_is_refused(worlds: Worlds) {
    let target = PriceTarget { target_type: PriceTargetType::Audience, audience_id: None };
    let request = BestPriorPriceRequest { target: Some(target), ..request() };
    assert_refused(worlds, request, "required", "/target/audienceID").await;
}

async fn an_unknown_target_is_refused(worlds: Worlds) {
    let target = PriceTarget { target_type: "CARD".into(), audience_id: None };
    let request = BestPriorPriceRequest { target: Some(target), ..request() };
    assert_refused(worlds, request, "enum", "/target/targetType").await;
}
