//! Events that shops record.

use crate::prelude::*;

cases! {
    "trackEvent" {
        success an_event_is_returned_with_its_effects,
        detail an_unknown_session_is_created,
        detail an_unknown_profile_is_created,
        detail an_event_may_be_anonymous,
        surprise an_event_without_a_profile_has_the_profile_of_the_session,
        detail an_event_sets_the_customer_of_an_anonymous_session,
        surprise the_rules_of_the_session_run_again,
        detail conditions_read_the_event,
        detail each_call_records_a_further_event,
        surprise an_event_of_a_closed_session_is_accepted,
        detail an_event_does_not_change_the_state,
        refused(400) a_reserved_name_is_refused,
        refused(400) an_undeclared_type_is_refused,
        refused(400) an_undeclared_attribute_is_refused,
        refused(400) an_attribute_of_another_type_is_refused,
        refused(400) the_session_of_another_profile_is_refused,
        refused(400) a_type_is_required,
        refused(400) a_session_is_required,
    }
}

fn shared() -> NewEvent {
    NewEvent::new("shared_link", "cart-1")
}

fn declared() -> Seed {
    Seed::new().event_type("shared_link", &[("channel", AttributeType::String)])
}

fn on_mail() -> Rule {
    let channel = talon_fake::rules::AttributeTest::is("channel", "mail");
    Rule::new("Shared by mail")
        .when(Condition::Event("shared_link".into()))
        .when(Condition::EventAttribute(channel))
        .then(Reward::set_discount("thanks", Discount::amount(1)))
}

async fn an_event_is_returned_with_its_effects(worlds: Worlds) {
    let world = worlds.with(declared().campaign(Campaign::new("Mail").rule(on_mail()))).await;
    let channel = Attributes::new().with("channel", "mail");

    let reply = world.track(shared().profile("anna").attributes(channel.clone())).await;

    assert_eq!(reply.event.event_type, "shared_link");
    assert_eq!(reply.event.session_id, Some("cart-1".into()));
    assert_eq!(reply.event.profile_id, Some("anna".into()));
    assert_eq!(reply.event.attributes, channel);
    assert_eq!(reply.event.created, world.clock().now());
    assert_eq!(reply.event.discounts(), [("thanks", 1.into())]);
    assert!(reply.event.ledger_entries.is_empty());
    assert_eq!(reply.session.integration_id, "cart-1");
    assert_eq!(reply.profile.integration_id, "anna");
}

async fn an_unknown_session_is_created(worlds: Worlds) {
    let world = worlds.empty().await;

    let reply = world.track(shared()).await;

    assert_eq!(reply.session.state, SessionState::Open);
    assert_eq!(world.probe().session("cart-1").expect("created").state, SessionState::Open);
}

async fn an_unknown_profile_is_created(worlds: Worlds) {
    let world = worlds.empty().await;

    let reply = world.track(shared().profile("anna")).await;

    assert_eq!(Some(reply.profile), world.probe().profile("anna"));
    assert_eq!(world.probe().session("cart-1").expect("created").profile_id, "anna");
}

async fn an_event_may_be_anonymous(worlds: Worlds) {
    let world = worlds.empty().await;

    let reply = world.track(shared().profile("")).await;

    assert_eq!(reply.session.profile_id, "");
    assert_eq!(reply.profile.integration_id, "");
    assert_eq!(reply.event.profile_id, Some("".into()));
}

async fn an_event_without_a_profile_has_the_profile_of_the_session(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100).profile("anna")).await;

    let reply = world.track(shared()).await;

    assert_eq!(reply.event.profile_id, Some("anna".into()));
    assert_eq!(reply.profile.integration_id, "anna");
}

async fn an_event_sets_the_customer_of_an_anonymous_session(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100)).await;

    let reply = world.track(shared().profile("anna")).await;

    assert_eq!(reply.session.profile_id, "anna");
    assert_eq!(reply.session.total, 100.into());
}

async fn the_rules_of_the_session_run_again(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    world.put("cart-1", cart(100).coupon_codes(["SUMMER10"])).await;

    let reply = world.track(shared()).await;

    assert_eq!(reply.event.types(), ["acceptCoupon", "setDiscount"]);
    assert_eq!(reply.session.discounts, [("10 % off".to_owned(), 10.into())].into());
}

async fn conditions_read_the_event(worlds: Worlds) {
    let world = worlds.with(seed::rule(on_mail())).await;
    let by = |channel: &str| shared().attributes(Attributes::new().with("channel", channel));

    let mail = world.track(by("mail")).await;
    let chat = world.track(by("chat")).await;
    let cart = world.put("cart-1", cart(100)).await;

    assert_eq!(mail.event.types(), ["setDiscount"]);
    assert!(chat.event.effects.is_empty() && cart.effects.is_empty());
}

async fn each_call_records_a_further_event(worlds: Worlds) {
    let world = worlds.empty().await;

    let first = world.track(shared()).await;
    let second = world.track(shared()).await;

    assert_ne!(first.event.id, second.event.id);
}

async fn an_event_of_a_closed_session_is_accepted(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    let paid = cart(100).coupon_codes(["SUMMER10"]).state(SessionState::Closed);
    world.put("cart-1", paid).await;

    let reply = world.track(shared()).await;

    assert!(reply.event.effects.is_empty());
    assert_eq!(reply.session.state, SessionState::Closed);
    assert_eq!(world.probe().coupon("SUMMER10").expect("seeded").usage_counter, 1);
}

async fn an_event_does_not_change_the_state(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100)).await;
    let before = world.probe().session("cart-1");

    world.track(shared()).await;

    assert_eq!(world.probe().session("cart-1"), before);
}

async fn a_reserved_name_is_refused(worlds: Worlds) {
    let world = worlds.empty().await;

    let refusal = world.track_refused(NewEvent::new("talon_session_closed", "cart-1")).await;

    let details = r#""talon_session_closed" is an event of the service"#;
    assert_eq!(refusal, ApiError::invalid(Problem::at("/type", "Reserved", details)));
    assert_eq!(world.probe().session("cart-1"), None);
}

async fn an_undeclared_type_is_refused(worlds: Worlds) {
    let world = worlds.with(declared()).await;

    let refusal = world.track_refused(NewEvent::new("danced", "cart-1")).await;

    let details = r#"The event type "danced" is not defined."#;
    assert_eq!(refusal, ApiError::invalid(Problem::at("/type", "Unknown", details)));
}

async fn an_undeclared_attribute_is_refused(worlds: Worlds) {
    let world = worlds.with(declared()).await;

    let colour = Attributes::new().with("colour", "red");
    let refusal = world.track_refused(shared().attributes(colour)).await;

    let details = r#"The attribute "colour" is not defined on Event entities."#;
    let problem = Problem::at("/attributes/colour", "Unknown", details);
    assert_eq!(refusal, ApiError::invalid(problem));
}

async fn an_attribute_of_another_type_is_refused(worlds: Worlds) {
    let world = worlds.with(declared()).await;

    let channel = Attributes::new().with("channel", 7);
    let refusal = world.track_refused(shared().attributes(channel)).await;

    let details = r#"Value of "channel" attribute (7) is not a string"#;
    let problem = Problem::at("/attributes/channel", "Invalid type", details);
    assert_eq!(refusal, ApiError::invalid(problem));
}

async fn the_session_of_another_profile_is_refused(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100).profile("anna")).await;

    let refusal = world.track_refused(shared().profile("bert")).await;

    let details = "the session belongs to another profile";
    assert_eq!(refusal, ApiError::invalid(Problem::at("/profileId", "Invalid", details)));
    assert_eq!(world.probe().profile("bert"), None);
}

async fn a_type_is_required(worlds: Worlds) {
    let world = worlds.empty().await;

    let refusal = world.track_refused(NewEvent::new("", "cart-1")).await;

    assert_eq!(refusal.problems()[0].source.pointer.as_deref(), Some("/type"));
}

async fn a_session_is_required(worlds: Worlds) {
    let world = worlds.empty().await;

    let refusal = world.track_refused(NewEvent::new("shared_link", "")).await;

    assert_eq!(refusal.problems()[0].source.pointer.as_deref(), Some("/sessionId"));
}
