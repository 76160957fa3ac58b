//! Profiles by the first version of the API.

use crate::prelude::*;

cases! {
    "updateCustomerProfile" {
        success profile_session_and_event_are_complete,
        surprise the_rules_run_by_default,
        surprise the_session_in_the_reply_is_an_empty_one,
        detail the_event_of_a_new_profile_has_another_type,
        detail attributes_are_merged_by_name,
        detail the_last_activity_is_updated,
        refused(400) an_undeclared_attribute_is_refused,
        refused(400) an_attribute_of_another_type_is_refused,
    }
}

async fn refused(world: &World, attributes: Attributes) -> ApiError {
    let profile = NewCustomerProfile::default().attributes(attributes);
    refusal(world.api.update_customer_profile(UpdateCustomerProfile::new("anna", profile)).await)
}

async fn profile_session_and_event_are_complete(worlds: Worlds) {
    let world = worlds.empty().await;
    let attributes = Attributes::new().with("City", "Berlin");

    let reply = world.put_profile_v1("anna", attributes.clone()).await;

    assert_eq!(reply.profile.integration_id, "anna");
    assert_eq!(reply.profile.attributes, attributes);
    assert_eq!(reply.event.event_type, "talon_profile_created");
    assert_eq!(reply.event.profile_id, Some("anna".into()));
    assert_eq!(reply.event.session_id, None);
    assert_eq!(reply.loyalty, Some(Loyalty::default()));
    assert_eq!(world.probe().profile("anna"), Some(reply.profile));
}

async fn the_rules_run_by_default(worlds: Worlds) {
    let reward = Reward::set_discount("welcome", Discount::amount(5));
    let world = worlds.with(seed::always(reward)).await;

    let reply = world.put_profile_v1("anna", Attributes::new()).await;

    assert_eq!(reply.event.discounts(), [("welcome", 5.into())]);
}

async fn the_session_in_the_reply_is_an_empty_one(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100).profile("anna")).await;

    let reply = world.put_profile_v1("anna", Attributes::new()).await;

    assert_eq!(reply.session.integration_id, "");
    assert_eq!(reply.session.state, SessionState::Open);
    assert_eq!(reply.session.total, Amount::ZERO);
    assert_eq!(world.probe().session(""), None);
}

async fn the_event_of_a_new_profile_has_another_type(worlds: Worlds) {
    let world = worlds.empty().await;

    let first = world.put_profile_v1("anna", Attributes::new()).await;
    let second = world.put_profile_v1("anna", Attributes::new()).await;

    assert_eq!(first.event.event_type, "talon_profile_created");
    assert_eq!(second.event.event_type, "talon_profile_updated");
}

async fn attributes_are_merged_by_name(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put_profile_v1("anna", Attributes::new().with("City", "Berlin")).await;

    let reply = world.put_profile_v1("anna", Attributes::new().with("Age", 30)).await;

    let merged = Attributes::new().with("City", "Berlin").with("Age", 30);
    assert_eq!(reply.profile.attributes, merged);
}

async fn the_last_activity_is_updated(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put_profile_v1("anna", Attributes::new()).await;
    world.clock().advance(std::time::Duration::from_secs(60));

    let reply = world.put_profile_v1("anna", Attributes::new()).await;

    assert_eq!(reply.profile.last_activity, world.clock().now());
}

async fn an_undeclared_attribute_is_refused(worlds: Worlds) {
    let world = worlds.with(Seed::new().profile_attributes(&[])).await;

    let refusal = refused(&world, Attributes::new().with("City", "Berlin")).await;

    let details = r#"The attribute "City" is not defined on CustomerProfile entities."#;
    let problem = Problem::at("/attributes/City", "Unknown", details);
    assert_eq!(refusal, ApiError::invalid(problem));
}

async fn an_attribute_of_another_type_is_refused(worlds: Worlds) {
    let declared = [("Sizes", AttributeType::NumberList)];
    let world = worlds.with(Seed::new().profile_attributes(&declared)).await;

    let refusal = refused(&world, Attributes::new().with("Sizes", vec!["42"])).await;

    let details = r#"Value of "Sizes" attribute (["42"]) is not a list of numbers"#;
    let problem = Problem::at("/attributes/Sizes", "Invalid type", details);
    assert_eq!(refusal, ApiError::invalid(problem));
}
