//! Many profiles in one request. BEHAVIOUR-today 3.1.

use std::time::Duration;

use crate::prelude::*;

cases! {
    "updateCustomerProfilesV2" {
        success profiles_are_created_and_updated,
        success the_profiles_are_returned_in_their_order_on_request,
        surprise a_reply_has_no_body_by_default,
        surprise an_empty_batch_is_accepted,
        surprise a_profile_may_be_listed_twice,
        detail attributes_are_merged_by_name,
        surprise null_removes_an_attribute,
        detail a_profile_without_attributes_is_created,
        surprise no_rules_run,
        surprise an_update_does_not_change_the_last_activity,
        detail a_thousand_profiles_are_accepted,
        refused(400) a_thousand_and_one_profiles_are_refused,
        refused(400) an_id_is_required,
        refused(400) an_undeclared_attribute_is_refused,
        refused(400) an_attribute_of_another_type_is_refused,
        refused(400) an_id_of_1001_characters_is_refused,
        surprise one_invalid_item_refuses_the_whole_batch,
        detail every_problem_is_reported,
    }
}

fn item(id: &str, attributes: Attributes) -> CustomerProfileBatchItem {
    CustomerProfileBatchItem::new(id).attributes(attributes)
}

fn from(city: &str) -> Attributes {
    Attributes::new().with("City", city)
}

fn request(items: impl IntoIterator<Item = CustomerProfileBatchItem>) -> UpdateCustomerProfilesV2 {
    UpdateCustomerProfilesV2::new(CustomerProfileBatch::new(items))
}

async fn update(
    world: &World,
    items: impl IntoIterator<Item = CustomerProfileBatchItem>,
) -> Vec<CustomerProfile> {
    let reply = world.api.update_customer_profiles_v2(request(items).silent(false)).await;
    let reply = reply.expect("the batch is accepted").expect("it is not silent");
    let states = reply.integration_states.expect("one for each profile");
    states.into_iter().map(|state| state.customer_profile).collect()
}

async fn refused(
    world: &World,
    items: impl IntoIterator<Item = CustomerProfileBatchItem>,
) -> ApiError {
    let refusal = refusal(world.api.update_customer_profiles_v2(request(items)).await);
    assert_eq!(refusal.status(), 400);
    refusal
}

/// The pointer of the first problem of a batch, in a world that declares one attribute.
async fn refused_at(
    worlds: Worlds,
    items: impl IntoIterator<Item = CustomerProfileBatchItem>,
) -> String {
    let declared = [("City", AttributeType::String)];
    let world = worlds.with(Seed::new().profile_attributes(&declared)).await;
    let refusal = refused(&world, items).await;
    refusal.problems()[0].source.pointer.clone().expect("a place in the body")
}

async fn profiles_are_created_and_updated(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put_profile("anna", from("Berlin")).await;

    let items = [item("anna", from("Oslo")), item("bert", from("Rome"))];
    world.api.update_customer_profiles_v2(request(items)).await.expect("accepted");

    assert_eq!(world.probe().profile("anna").expect("known").attributes, from("Oslo"));
    assert_eq!(world.probe().profile("bert").expect("created").attributes, from("Rome"));
}

async fn the_profiles_are_returned_in_their_order_on_request(worlds: Worlds) {
    let world = worlds.empty().await;

    let items = ["zoe", "anna", "bert"].map(|id| item(id, from("Oslo")));
    let profiles = update(&world, items).await;

    let stored = ["zoe", "anna", "bert"].map(|id| world.probe().profile(id).expect("created"));
    assert_eq!(profiles, stored);
}

async fn a_reply_has_no_body_by_default(worlds: Worlds) {
    let world = worlds.empty().await;
    let anna = || request([item("anna", from("Oslo"))]);

    let by_default = world.api.update_customer_profiles_v2(anna()).await;
    let silent = world.api.update_customer_profiles_v2(anna().silent(true)).await;

    assert_eq!((by_default.expect("accepted"), silent.expect("accepted")), (None, None));
}

async fn an_empty_batch_is_accepted(worlds: Worlds) {
    let world = worlds.empty().await;

    let absent = UpdateCustomerProfilesV2::new(CustomerProfileBatch::default()).silent(false);
    let absent = world.api.update_customer_profiles_v2(absent).await.expect("accepted");

    assert_eq!(update(&world, []).await, []);
    let states = absent.expect("it is not silent").integration_states;
    assert_eq!(states.unwrap_or_default(), []);
}

async fn a_profile_may_be_listed_twice(worlds: Worlds) {
    let world = worlds.empty().await;

    let items = [item("anna", from("Oslo")), item("anna", Attributes::new().with("Age", 30))];
    let profiles = update(&world, items).await;

    let both = from("Oslo").with("Age", 30);
    assert_eq!((&profiles[0].attributes, &profiles[1].attributes), (&from("Oslo"), &both));
    assert_eq!(world.probe().profile("anna").expect("created").attributes, both);
}

async fn attributes_are_merged_by_name(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put_profile("anna", from("Berlin").with("Age", 30)).await;

    let profiles = update(&world, [item("anna", from("Oslo"))]).await;

    assert_eq!(profiles[0].attributes, from("Oslo").with("Age", 30));
}

async fn null_removes_an_attribute(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put_profile("anna", from("Berlin").with("Age", 30)).await;

    let removal = Attributes::new().with("City", serde_json::Value::Null);
    let profiles = update(&world, [item("anna", removal)]).await;

    assert_eq!(profiles[0].attributes, Attributes::new().with("Age", 30));
}

async fn a_profile_without_attributes_is_created(worlds: Worlds) {
    let world = worlds.empty().await;

    let profiles = update(&world, [CustomerProfileBatchItem::new("anna")]).await;

    assert_eq!(profiles[0].integration_id, "anna");
    assert_eq!(world.probe().profile("anna").as_ref(), Some(&profiles[0]));
}

async fn no_rules_run(worlds: Worlds) {
    let seed = seed::always(Reward::AddToAudience(5.into())).audience(5, "Fans");
    let world = worlds.with(seed).await;

    let profiles = update(&world, [item("anna", from("Oslo"))]).await;

    assert_eq!(profiles[0].audience_memberships.clone().unwrap_or_default(), []);
}

async fn an_update_does_not_change_the_last_activity(worlds: Worlds) {
    let world = worlds.empty().await;
    let before = world.put_profile("anna", from("Berlin")).await;
    world.clock().advance(Duration::from_secs(60));

    let profiles = update(&world, [item("anna", from("Oslo"))]).await;

    assert_eq!(profiles, [CustomerProfile { attributes: from("Oslo"), ..before }]);
}

async fn a_thousand_profiles_are_accepted(worlds: Worlds) {
    let world = worlds.empty().await;

    let items = (0..1000).map(|index| item(&format!("profile-{index}"), from("Oslo")));
    let profiles = update(&world, items).await;

    assert_eq!(profiles.len(), 1000);
    assert!(world.probe().profile("profile-999").is_some());
}

async fn a_thousand_and_one_profiles_are_refused(worlds: Worlds) {
    let items = (0..1001).map(|index| item(&format!("profile-{index}"), from("Oslo")));

    assert_eq!(refused_at(worlds, items).await, "/customerProfiles");
}

async fn an_id_is_required(worlds: Worlds) {
    let items = [item("anna", from("Oslo")), item("", from("Oslo"))];

    assert_eq!(refused_at(worlds, items).await, "/customerProfiles/1/integrationId");
}

async fn an_undeclared_attribute_is_refused(worlds: Worlds) {
    let colour = Attributes::new().with("Colour", "red");
    let items = [item("anna", from("Oslo")), item("bert", from("Oslo")), item("zoe", colour)];

    assert_eq!(refused_at(worlds, items).await, "/customerProfiles/2/attributes/Colour");
}

async fn an_attribute_of_another_type_is_refused(worlds: Worlds) {
    let items = [item("anna", Attributes::new().with("City", 5))];

    assert_eq!(refused_at(worlds, items).await, "/customerProfiles/0/attributes/City");
}

async fn an_id_of_1001_characters_is_refused(worlds: Worlds) {
    let items = [item(&"a".repeat(1001), from("Oslo"))];

    assert_eq!(refused_at(worlds, items).await, "/customerProfiles/0/integrationId");
}

async fn one_invalid_item_refuses_the_whole_batch(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put_profile("anna", from("Berlin")).await;

    refused(
        &world,
        [item("anna", from("Oslo")), item("bert", from("Oslo")), item("", from("Oslo"))],
    )
    .await;

    assert_eq!(world.probe().profile("anna").expect("known").attributes, from("Berlin"));
    assert_eq!(world.probe().profile("bert"), None);
}

async fn every_problem_is_reported(worlds: Worlds) {
    let world = worlds.empty().await;

    let items = [item("", from("Oslo")), item("anna", from("Oslo")), item("", from("Oslo"))];
    let refusal = refused(&world, items).await;

    let places = refusal.problems().iter().map(|problem| problem.source.pointer.as_deref());
    let expected = ["/customerProfiles/0/integrationId", "/customerProfiles/2/integrationId"];
    assert!(places.eq(expected.map(Some)), "{refusal}");
}
