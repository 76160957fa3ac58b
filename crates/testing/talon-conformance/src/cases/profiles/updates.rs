//! Profiles by the second version of the API.

use crate::prelude::*;

cases! {
    "updateCustomerProfileV2" {
        success a_new_profile_is_returned,
        detail attributes_are_merged_by_name,
        surprise null_removes_an_attribute,
        detail other_members_of_a_profile_do_not_change,
        surprise no_rules_run_by_default,
        detail rules_run_on_request,
        detail the_last_activity_is_updated_when_rules_run,
        surprise an_update_without_attributes_creates_the_profile,
        detail values_of_every_type_are_kept,
        refused(400) an_undeclared_attribute_is_refused,
        refused(400) an_attribute_of_another_type_is_refused,
        refused(400) an_id_of_1001_characters_is_refused,
    }
}

async fn refused(world: &World, id: &str, attributes: Attributes) -> ApiError {
    let profile = NewCustomerProfile::default().attributes(attributes);
    refusal(world.api.update_customer_profile_v2(UpdateCustomerProfileV2::new(id, profile)).await)
}

fn from_berlin() -> Attributes {
    Attributes::new().with("City", "Berlin").with("Age", 30)
}

async fn a_new_profile_is_returned(worlds: Worlds) {
    let world = worlds.empty().await;

    let profile = world.put_profile("anna", from_berlin()).await;

    assert_eq!(profile.integration_id, "anna");
    assert_eq!(profile.attributes, from_berlin());
    assert_eq!(profile.created, world.clock().now());
    assert_eq!((profile.closed_sessions, profile.total_sales), (0, Amount::ZERO));
    assert_eq!(world.probe().profile("anna"), Some(profile));
}

async fn attributes_are_merged_by_name(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put_profile("anna", from_berlin()).await;

    let profile = world.put_profile("anna", Attributes::new().with("Age", 31)).await;

    assert_eq!(profile.attributes, from_berlin().with("Age", 31));
}

async fn null_removes_an_attribute(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put_profile("anna", from_berlin()).await;

    let removal = Attributes::new().with("City", serde_json::Value::Null);
    let profile = world.put_profile("anna", removal).await;

    assert_eq!(profile.attributes, Attributes::new().with("Age", 30));
}

async fn other_members_of_a_profile_do_not_change(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;
    let before = world.probe().profile("anna").expect("created");
    world.clock().advance(std::time::Duration::from_secs(60));

    let after = world.put_profile("anna", from_berlin()).await;

    assert_eq!(after, CustomerProfile { attributes: from_berlin(), ..before });
}

async fn no_rules_run_by_default(worlds: Worlds) {
    let world = worlds.with(seed::rule(seed::ten_percent())).await;

    let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
    let reply = world.api.update_customer_profile_v2(request).await.expect("accepted");

    assert_eq!(reply.effects, Some(vec![]));
    assert_eq!((reply.created_coupons, reply.created_referrals), (Some(vec![]), Some(vec![])));
}

async fn rules_run_on_request(worlds: Worlds) {
    let world = worlds.with(seed::rule(seed::ten_percent())).await;

    let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
    let reply = world.api.update_customer_profile_v2(request.run_rule_engine(true)).await;

    let effects = reply.expect("accepted").effects.expect("rules ran");
    assert_eq!(effects[0].kind.effect_type(), "setDiscount");
}

async fn the_last_activity_is_updated_when_rules_run(worlds: Worlds) {
    let world = worlds.empty().await;
    let first = world.put_profile("anna", from_berlin()).await;
    world.clock().advance(std::time::Duration::from_secs(60));

    let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
    let reply = world.api.update_customer_profile_v2(request.run_rule_engine(true)).await;

    let profile = reply.expect("accepted").customer_profile.expect("always returned");
    assert_eq!(profile.last_activity, world.clock().now());
    assert!(first.last_activity < profile.last_activity);
}

async fn an_update_without_attributes_creates_the_profile(worlds: Worlds) {
    let world = worlds.empty().await;

    let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
    world.api.update_customer_profile_v2(request).await.expect("accepted");

    assert!(world.probe().profile("anna").expect("created").attributes.is_empty());
}

async fn values_of_every_type_are_kept(worlds: Worlds) {
    let world = worlds.empty().await;
    let attributes = Attributes::new()
        .with("Text", "ß € 🎉 \" \\ \n")
        .with("Number", 12.5)
        .with("Flag", false)
        .with("Time", "2026-05-01T12:00:00+02:00")
        .with("Place", serde_json::json!({"lat": 52.52, "lon": 13.405}))
        .with("Texts", vec!["a", ""])
        .with("Numbers", vec![1, -2]);

    let profile = world.put_profile("anna", attributes.clone()).await;

    assert_eq!(profile.attributes, attributes);
}

async fn an_undeclared_attribute_is_refused(worlds: Worlds) {
    let world = worlds.with(Seed::new().profile_attributes(&[])).await;

    let refusal = refused(&world, "anna", Attributes::new().with("City", "Berlin")).await;

    let details = r#"The attribute "City" is not defined on CustomerProfile entities."#;
    let problem = Problem::at("/attributes/City", "Unknown", details);
    assert_eq!(refusal, ApiError::invalid(problem).with_status_code());
    assert_eq!(world.probe().profile("anna"), None);
}

async fn an_attribute_of_another_type_is_refused(worlds: Worlds) {
    let declared = [("City", AttributeType::String), ("Seen", AttributeType::Time)];
    let world = worlds.with(Seed::new().profile_attributes(&declared)).await;

    let attributes = Attributes::new().with("City", 1).with("Seen", "yesterday");
    let refusal = refused(&world, "anna", attributes).await;

    let problems = refusal.problems().iter().map(|problem| problem.details.as_deref());
    let expected = [
        r#"Value of "City" attribute (1) is not a string"#,
        r#"Value of "Seen" attribute ("yesterday") is not a time in RFC 3339, such as 2020-06-10T09:05:27Z"#,
    ];
    assert!(problems.eq(expected.map(Some)), "{refusal}");
}

async fn an_id_of_1001_characters_is_refused(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put_profile(&"a".repeat(1000), Attributes::new()).await;

    let refusal = refused(&world, &"a".repeat(1001), Attributes::new()).await;

    assert_eq!(refusal.status(), 400);
    assert_eq!(refusal.problems()[0].title, "maxLength");
}
