//! Each thing that a world is refused for.

use crate::World;

fn error(json: &str) -> String {
    World::from_json(json).unwrap_err().to_string()
}

#[test]
fn a_broken_file_says_where() {
    let broken = error("{\n  \"campaigns\": [{\"name\": \"A\", \"coupon\": []}]\n}");

    assert!(broken.contains("campaigns[0].coupon"), "{broken}");
    assert!(broken.contains("line 2 column"), "{broken}");
}

#[test]
fn a_code_stands_once() {
    let twice = error(
        r#"{"campaigns":[{"name":"A","coupons":[{"value":"AAAA"}]},{"name":"B","coupons":[{"value":"AAAA"}]}]}"#,
    );

    assert!(twice.contains("campaigns[1].coupons[0].value"), "{twice}");
}

#[test]
fn a_list_is_no_world() {
    assert!(error(" []").contains("must be an object"));
}

#[test]
fn what_is_cut_off_is_nowhere_in_particular() {
    let cut_off = World::from_json("{").unwrap_err();

    assert_eq!(cut_off.member(), "");
}

#[test]
fn a_campaign_has_a_name() {
    assert!(error(r#"{"campaigns":[{"name":""}]}"#).contains("campaigns[0].name"));
}

#[test]
fn an_id_stands_once() {
    let twice = |list: &str, one: &str| error(&format!(r#"{{"{list}":[{one},{one}]}}"#));

    assert!(twice("campaigns", r#"{"id":1,"name":"A"}"#).contains("campaigns[1].id"));
    assert!(twice("audiences", r#"{"id":1,"name":"A"}"#).contains("audiences[1].id"));
    assert!(twice("giveawayPools", r#"{"id":1,"name":"A"}"#).contains("giveawayPools[1].id"));
    let achievement = r#"{"id":1,"name":"Ten","target":10}"#;
    assert!(twice("achievements", achievement).contains("achievements[1].id"));
    assert!(twice("loyaltyPrograms", r#"{"id":1}"#).contains("loyaltyPrograms[1].id"));
    assert!(twice("profiles", r#"{"id":"anna"}"#).contains("profiles[1].id"));
    let no_next_id =
        format!(r#"{{"campaigns":[{{"id":{},"name":"A"}},{{"name":"B"}}]}}"#, i64::MAX);
    assert!(error(&no_next_id).contains("campaigns[1].id"));
}

#[test]
fn a_world_that_takes_no_request_is_none() {
    assert!(error(r#"{"parallelRequests":0}"#).contains("parallelRequests: must be 1"));
}

#[test]
fn a_limit_is_of_something_that_can_be_limited() {
    let with_limit =
        |limit: &str| error(&format!(r#"{{"campaigns":[{{"name":"A","limits":[{limit}]}}]}}"#));

    let action = with_limit(r#"{"action":"redeemCoupons","limit":1,"entities":[]}"#);
    assert!(action.contains("limits[0].action: must be one of redeemCoupon,"), "{action}");
    let entity =
        with_limit(r#"{"action":"redeemCoupon","limit":1,"entities":["Coupon","Customer"]}"#);
    assert!(entity.contains("entities[1]: must be one of Coupon,"), "{entity}");
    let period =
        with_limit(r#"{"action":"redeemCoupon","limit":1,"entities":[],"period":"hourly"}"#);
    assert!(period.contains("period: must be one of daily,"), "{period}");
}

#[test]
fn a_discount_is_percent_or_amount() {
    let neither = error(
        r#"{"campaigns":[{"name":"A","rules":[{"name":"r","then":[{"setDiscount":{"name":"x"}}]}]}]}"#,
    );

    assert!(neither.contains("rules[0].then[0]"), "{neither}");
}

#[test]
fn points_are_not_deducted_per_item() {
    let reward = r#"{"deductLoyaltyPoints":{"programId":1,"points":5,"items":{}}}"#;
    let campaign = format!(r#"{{"name":"A","rules":[{{"name":"R","then":[{reward}]}}]}}"#);
    let refused = error(&format!(r#"{{"loyaltyPrograms":[{{"id":1}}],"campaigns":[{campaign}]}}"#));

    assert!(refused.contains("then[0].deductLoyaltyPoints.items"), "{refused}");
}
