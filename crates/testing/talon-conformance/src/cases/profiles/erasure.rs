//! Erasure of a customer's data.

use crate::prelude::*;

cases! {
    "deleteCustomerData" {
        success attributes_of_the_profile_are_erased,
        detail attributes_of_the_sessions_are_erased,
        detail attributes_of_other_profiles_stay,
        surprise the_profile_itself_stays,
        surprise erasing_twice_succeeds,
        detail reservations_and_points_stay,
        refused(404) an_unknown_profile_cannot_be_erased,
    }
}

async fn erase(world: &World, profile: &str) -> talon_core::Result<()> {
    world.api.delete_customer_data(DeleteCustomerData::new(profile)).await
}

fn from_berlin() -> Attributes {
    Attributes::new().with("City", "Berlin")
}

async fn attributes_of_the_profile_are_erased(worlds: Worlds) {
    let world = worlds.with(Seed::new().profile("anna", from_berlin())).await;

    erase(&world, "anna").await.expect("Anna is known");

    assert!(world.probe().profile("anna").expect("still there").attributes.is_empty());
}

async fn attributes_of_the_sessions_are_erased(worlds: Worlds) {
    let world = worlds.empty().await;
    let item = CartItem::new("SKU-1", 1).price(5).attributes(from_berlin());
    let session = NewCustomerSessionV2::default().profile("anna").attributes(from_berlin());
    world.put("cart-1", session.cart_items([item])).await;

    erase(&world, "anna").await.expect("Anna is known");

    let session = world.probe().session("cart-1").expect("still there");
    assert!(session.attributes.is_empty());
    assert_eq!(session.cart_items[0].attributes, None);
    assert_eq!(session.total, 5.into());
}

async fn attributes_of_other_profiles_stay(worlds: Worlds) {
    let seed = Seed::new().profile("anna", from_berlin()).profile("bert", from_berlin());
    let world = worlds.with(seed).await;
    world.put("cart-1", cart(1).profile("bert").attributes(from_berlin())).await;

    erase(&world, "anna").await.expect("Anna is known");

    assert_eq!(world.probe().profile("bert").expect("seeded").attributes, from_berlin());
    assert_eq!(world.probe().session("cart-1").expect("stored").attributes, from_berlin());
}

async fn the_profile_itself_stays(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;
    world.put_profile("anna", from_berlin()).await;
    let before = world.probe().profile("anna").expect("created");

    erase(&world, "anna").await.expect("Anna is known");

    let erased = CustomerProfile { attributes: Attributes::new(), ..before };
    assert_eq!(world.probe().profile("anna"), Some(erased));
}

async fn erasing_twice_succeeds(worlds: Worlds) {
    let world = worlds.with(Seed::new().profile("anna", from_berlin())).await;
    erase(&world, "anna").await.expect("Anna is known");

    erase(&world, "anna").await.expect("Anna is still known");

    assert!(world.probe().profile("anna").is_some());
}

async fn reservations_and_points_stay(worlds: Worlds) {
    let earn =
        Campaign::new("Earn").rule(Rule::new("Earn").then(Reward::add_loyalty_points(7, 50)));
    let seed = seed::summer().loyalty_program(LoyaltyProgram::new(7)).campaign(earn);
    let world = worlds.with(seed).await;
    world.reserve("SUMMER10", &["anna"]).await;
    world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;

    erase(&world, "anna").await.expect("Anna is known");

    let holders = world.api.get_reserved_customers(GetReservedCustomers::new("SUMMER10")).await;
    assert_eq!(holders.expect("the coupon is there").total_result_size, 1);
    assert_eq!(world.probe().points("anna", 7), 50.into());
}

async fn an_unknown_profile_cannot_be_erased(worlds: Worlds) {
    let world = worlds.empty().await;

    let refusal = refusal(erase(&world, "anna").await);

    assert_eq!(refusal.status(), 404);
    assert_eq!(refusal.message(), "Not found: no such customer profile");
}
