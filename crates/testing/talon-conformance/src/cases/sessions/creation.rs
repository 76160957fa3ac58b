//! New sessions, and their customers.

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success a_new_session_is_open,
        success a_session_with_everything_is_returned_as_sent,
        detail empty_members_of_a_new_session_are_present,
        detail an_unknown_profile_is_created,
        detail a_session_counts_its_updates,
        surprise an_anonymous_session_is_always_the_first,
        detail only_the_first_session_of_a_profile_is_marked,
        detail the_first_session_stays_the_first,
        detail parallel_sessions_of_a_profile_are_separate,
        detail an_anonymous_session_may_get_a_customer,
        refused(400) the_customer_of_a_session_cannot_change,
        refused(400) an_unknown_state_is_refused,
        refused(400) a_sku_and_a_quantity_are_required,
        refused(400) an_undeclared_attribute_is_refused,
        refused(400) an_attribute_of_another_type_is_refused,
        refused(400) an_undeclared_item_attribute_is_refused,
        refused(400) all_problems_are_reported_together,
        refused(400) more_than_five_identifiers_are_refused,
        refused(400) a_code_of_101_characters_is_refused,
        detail a_refused_update_changes_nothing,
    }
}

async fn a_new_session_is_open(worlds: Worlds) {
    let world = worlds.empty().await;

    let reply = world.put("cart-1", cart(100).profile("anna")).await;

    let session = reply.session();
    assert_eq!(session.integration_id, "cart-1");
    assert_eq!(session.profile_id, "anna");
    assert_eq!(session.state, SessionState::Open);
    assert_eq!(session.created, world.clock().now());
    assert_eq!(session.cart_items[0].sku, "SKU-1");
    assert!(session.first_session);
    assert!(reply.effects.is_empty());
    assert_eq!(world.probe().session("cart-1").as_ref(), Some(session));
}

async fn a_session_with_everything_is_returned_as_sent(worlds: Worlds) {
    let world = worlds.empty().await;
    let sent = NewCustomerSessionV2 {
        identifiers: Some(vec!["device-1".into()]),
        store_integration_id: Some("store-1".into()),
        loyalty_cards: Some(vec!["card-1".into()]),
        ..cart(100)
            .coupon_codes(["NOBODY"])
            .referral_code("KNOWS")
            .additional_costs([("shipping", AdditionalCost::new(5))])
            .attributes(Attributes::new().with("City", "Zürich").with("Gift", true))
    };

    let reply = world.put("cart-1", sent.clone()).await;

    let session = reply.session();
    assert_eq!(session.coupon_codes, sent.coupon_codes);
    assert_eq!(session.referral_code, sent.referral_code);
    assert_eq!(session.additional_costs, sent.additional_costs);
    assert_eq!(session.identifiers, sent.identifiers);
    assert_eq!(session.store_integration_id, sent.store_integration_id);
    assert_eq!(session.loyalty_cards, sent.loyalty_cards);
    assert_eq!(Some(&session.attributes), sent.attributes.as_ref());
}

async fn empty_members_of_a_new_session_are_present(worlds: Worlds) {
    let world = worlds.empty().await;

    let reply = world.put("cart-1", NewCustomerSessionV2::default()).await;

    let session = reply.session();
    assert_eq!(session.profile_id, "");
    assert_eq!(session.coupon_codes, Some(vec![]));
    assert_eq!(session.referral_code, Some("".into()));
    assert!(session.cart_items.is_empty() && session.attributes.is_empty());
    assert_eq!(session.total, Amount::ZERO);
}

async fn an_unknown_profile_is_created(worlds: Worlds) {
    let world = worlds.empty().await;

    let reply = world.put("cart-1", cart(100).profile("anna")).await;

    assert_eq!(reply.profile().integration_id, "anna");
    assert_eq!(reply.profile().closed_sessions, 0);
    assert_eq!(world.probe().profile("anna").as_ref(), Some(reply.profile()));
}

async fn a_session_counts_its_updates(worlds: Worlds) {
    let world = worlds.empty().await;
    let first = world.put("cart-1", cart(100)).await;
    world.clock().advance(std::time::Duration::from_secs(60));

    let second = world.put("cart-1", cart(200)).await;

    assert_eq!(first.session().update_count, Some(1));
    assert_eq!(second.session().update_count, Some(2));
    assert_eq!(second.session().created, first.session().created);
    assert_eq!(second.session().updated, Some(world.clock().now()));
    assert_eq!(second.session().id, first.session().id);
}

async fn an_anonymous_session_is_always_the_first(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100)).await;

    let reply = world.put("cart-2", cart(100).profile("")).await;

    assert!(reply.session().first_session);
    assert_eq!(reply.customer_profile, None);
}

async fn only_the_first_session_of_a_profile_is_marked(worlds: Worlds) {
    let world = worlds.empty().await;

    let first = world.put("cart-1", cart(100).profile("anna")).await;
    let second = world.put("cart-2", cart(100).profile("anna")).await;

    assert!(first.session().first_session);
    assert!(!second.session().first_session);
}

async fn the_first_session_stays_the_first(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100).profile("anna")).await;
    world.put("cart-2", cart(100).profile("anna")).await;

    let reply = world.put("cart-1", closed()).await;

    assert!(reply.session().first_session);
}

async fn parallel_sessions_of_a_profile_are_separate(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    world.put("cart-1", cart(100).profile("anna").coupon_codes(["SUMMER10"])).await;

    let reply = world.put("cart-2", cart(50).profile("anna")).await;

    assert!(reply.effects.is_empty());
    assert_eq!(reply.session().total, 50.into());
    assert_eq!(world.probe().session("cart-1").expect("stored").total, 100.into());
}

async fn an_anonymous_session_may_get_a_customer(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100)).await;

    let reply = world.put("cart-1", NewCustomerSessionV2::default().profile("anna")).await;

    assert_eq!(reply.session().profile_id, "anna");
    assert_eq!(reply.session().total, 100.into());
}

async fn the_customer_of_a_session_cannot_change(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100).profile("anna")).await;

    let refusal = world.put_refused("cart-1", cart(100).profile("bert")).await;

    assert_eq!(refusal.status(), 400);
    assert_eq!(refusal.problems()[0].source.pointer.as_deref(), Some("/customerSession/profileId"));
}

async fn an_unknown_state_is_refused(worlds: Worlds) {
    let world = worlds.empty().await;

    let refusal = world.put_refused("cart-1", cart(100).state("paid")).await;

    let details = r#"state must be one of the following: "open", "closed", "cancelled""#;
    let problem = Problem::at("/customerSession/state", "enum", details);
    assert_eq!(refusal, ApiError::invalid(problem));
}

async fn a_sku_and_a_quantity_are_required(worlds: Worlds) {
    let world = worlds.empty().await;
    let items = [CartItem::new("SKU-1", 1), CartItem::new("", 0)];

    let cart = NewCustomerSessionV2::default().cart_items(items);
    let refusal = world.put_refused("cart-1", cart).await;

    let pointers = refusal.problems().iter().map(|problem| problem.source.pointer.as_deref());
    let expected = ["/customerSession/cartItems/1/sku", "/customerSession/cartItems/1/quantity"];
    assert!(pointers.eq(expected.map(Some)), "{refusal}");
}

async fn an_undeclared_attribute_is_refused(worlds: Worlds) {
    let seed = Seed::new().session_attributes(&[("Colour", AttributeType::String)]);
    let world = worlds.with(seed).await;

    let attributes = Attributes::new().with("Shoe", 42);
    let refusal = world.put_refused("cart-1", cart(100).attributes(attributes)).await;

    let details = r#"The attribute "Shoe" is not defined on CustomerSession entities."#;
    let problem = Problem::at("/customerSession/attributes/Shoe", "Unknown", details);
    assert_eq!(refusal, ApiError::invalid(problem));
}

async fn an_attribute_of_another_type_is_refused(worlds: Worlds) {
    let seed = Seed::new().session_attributes(&[("Colour", AttributeType::String)]);
    let world = worlds.with(seed).await;

    let attributes = Attributes::new().with("Colour", false);
    let refusal = world.put_refused("cart-1", cart(100).attributes(attributes)).await;

    let details = r#"Value of "Colour" attribute (false) is not a string"#;
    let problem = Problem::at("/customerSession/attributes/Colour", "Invalid type", details);
    assert_eq!(refusal, ApiError::invalid(problem));
}

async fn an_undeclared_item_attribute_is_refused(worlds: Worlds) {
    let mut seed = Seed::new();
    seed.attributes.cart_item = Some(std::collections::BTreeMap::new());
    let world = worlds.with(seed).await;

    let item = CartItem::new("SKU-1", 1).attributes(Attributes::new().with("a/b", 1));
    let cart = NewCustomerSessionV2::default().cart_items([item]);
    let refusal = world.put_refused("cart-1", cart).await;

    let pointer = refusal.problems()[0].source.pointer.as_deref();
    assert_eq!(pointer, Some("/customerSession/cartItems/0/attributes/a~1b"));
}

async fn all_problems_are_reported_together(worlds: Worlds) {
    let seed = Seed::new().session_attributes(&[]);
    let world = worlds.with(seed).await;

    let attributes = Attributes::new().with("A", 1).with("B", 2);
    let request = cart(100).state("paid").attributes(attributes);
    let refusal = world.put_refused("cart-1", request).await;

    let titles = refusal.problems().iter().map(|problem| problem.title.as_str());
    assert!(titles.eq(["enum", "Unknown", "Unknown"]), "{refusal}");
}

async fn more_than_five_identifiers_are_refused(worlds: Worlds) {
    let world = worlds.empty().await;
    let identifiers = Some(["1", "2", "3", "4", "5", "6"].map(String::from).to_vec());

    let refusal =
        world.put_refused("cart-1", NewCustomerSessionV2 { identifiers, ..cart(100) }).await;

    let pointer = refusal.problems()[0].source.pointer.as_deref();
    assert_eq!(pointer, Some("/customerSession/identifiers"));
}

async fn a_code_of_101_characters_is_refused(worlds: Worlds) {
    let world = worlds.empty().await;

    let codes = ["A".repeat(100), "B".repeat(101)];
    let refusal = world.put_refused("cart-1", cart(100).coupon_codes(codes)).await;

    let pointer = refusal.problems()[0].source.pointer.as_deref();
    assert_eq!(pointer, Some("/customerSession/couponCodes/1"));
}

async fn a_refused_update_changes_nothing(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100).profile("anna")).await;
    let before = world.probe().session("cart-1");

    world.put_refused("cart-1", cart(999).profile("bert")).await;

    assert_eq!(world.probe().session("cart-1"), before);
    assert_eq!(world.probe().profile("bert"), None);
}
