//! The keys of an application: several, with an expiry and a type.

use talon_core::{for_each_operation, operations};
use talon_fake::world::IntegrationKey;
use talon_samples::Sample;

use crate::prelude::*;
use crate::{Case, Role};

const PRODUCTION: &str = "shop";
const TESTING: &str = "shop-tests";
const EXPIRING: &str = "shop-2026";
const EXPIRY: &str = "2026-06-01T00:00:00Z";

/// A case for each operation, and further cases.
macro_rules! list {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        pub(crate) static CASES: &[Case] = &[
            $(
                case(
                    concat!(stringify!($method), "_stores_nothing_with_a_key_for_tests"),
                    operations::$request::INFO.id,
                    Role::Detail,
                    |worlds| Box::pin(stores_nothing_with_a_key_for_tests::<operations::$request>(worlds)),
                ),
            )+
            case("each_key_is_accepted", SESSION, Role::Detail, |it| Box::pin(each_key_is_accepted(it))),
            case("an_expired_key_is_refused", SESSION, Role::Refused(401), |it| {
                Box::pin(an_expired_key_is_refused(it))
            }),
            case("a_key_for_tests_evaluates", SESSION, Role::Surprise, |it| {
                Box::pin(a_key_for_tests_evaluates(it))
            }),
            case("a_key_for_tests_may_request_parts_of_dry_runs", SESSION, Role::Detail, |it| {
                Box::pin(a_key_for_tests_may_request_parts_of_dry_runs(it))
            }),
            case("a_key_for_tests_reads_stored_data", "getCustomerSession", Role::Detail, |it| {
                Box::pin(a_key_for_tests_reads_stored_data(it))
            }),
        ];
    };
}
for_each_operation!(list);

const SESSION: &str = "updateCustomerSessionV2";

const fn case(
    name: &'static str,
    operation: &'static str,
    role: Role,
    body: fn(Worlds) -> crate::Future<()>,
) -> Case {
    Case { module: "service::keys_of_applications", name, operation, role, body }
}

fn with_keys(seed: Seed) -> Seed {
    seed.api_keys([
        IntegrationKey::new(PRODUCTION),
        IntegrationKey::new(TESTING).testing(),
        IntegrationKey::new(EXPIRING).expires(EXPIRY),
    ])
}

fn update() -> UpdateCustomerSessionV2 {
    let session = cart(100).profile("anna").coupon_codes(["SUMMER10"]);
    UpdateCustomerSessionV2::new("cart-1", session.state(SessionState::Closed))
}

/// BEHAVIOUR 1.1: also for operations without the parameter `dry`.
async fn stores_nothing_with_a_key_for_tests<O: Sample>(worlds: Worlds) {
    let id = "SUMMER10";
    let world = worlds.with(with_keys(Seed::demo()).profile(id, Attributes::new())).await;
    let tests = world.client(TESTING);
    let item = CartItem::new("SKU-1", 2).name("Shoe").price(50);
    let session = cart(100).cart_items([item]).profile(id).state(SessionState::Closed);
    world.put(id, session).await;
    let event = NewEventV3::new(id, "shared_link", id);
    world.api.track_event_v3(TrackEventV3::new(event)).await.expect("the event is accepted");
    let before = world.probe().snapshot();

    // The result may be a refusal: a closed session cannot be updated.
    let answer = O::sample(id).call(&*tests).await;

    assert!(!answer.is_err_and(|error| error.is_unauthorized()));
    assert_eq!(world.changes_since(&before), [""; 0]);
    let calls = world.probe().calls::<O>();
    assert!(calls.last().expect("it was recorded").dry, "the record says that nothing was stored");
}

async fn each_key_is_accepted(worlds: Worlds) {
    let world = worlds.with(with_keys(seed::summer())).await;

    for (index, key) in [PRODUCTION, EXPIRING].into_iter().enumerate() {
        let request = UpdateCustomerSessionV2 { session_id: key.into(), ..update() };
        world.client(key).update_customer_session_v2(request).await.expect("the key is valid");

        let stored = world.probe().profile("anna").expect("stored");
        assert_eq!(stored.closed_sessions, i64::try_from(index).expect("small") + 1);
    }
}

/// The instant of the expiry is excluded, like the end of every period.
async fn an_expired_key_is_refused(worlds: Worlds) {
    let world = worlds.with(with_keys(seed::summer())).await;
    let client = world.client(EXPIRING);
    let reads = async || client.get_reserved_customers(GetReservedCustomers::new("SUMMER10")).await;

    world.clock().set(at("2026-05-31T23:59:59Z"));
    reads().await.expect("the key is valid");
    world.clock().set(at(EXPIRY));
    let refused = refusal(reads().await);
    let update = client.update_customer_session_v2(update()).await;

    assert_eq!(
        (refused.status().as_u16(), refused.message()),
        (401, "Unauthorized - Invalid API key")
    );
    assert_eq!(refusal(update).status(), 401);
    assert_eq!(world.probe().session("cart-1"), None);
    world
        .client(PRODUCTION)
        .get_reserved_customers(GetReservedCustomers::new("SUMMER10"))
        .await
        .expect("the other key is valid");
}

async fn a_key_for_tests_evaluates(worlds: Worlds) {
    let world = worlds.with(with_keys(seed::summer())).await;

    let reply = world.client(TESTING).update_customer_session_v2(update()).await;

    assert_eq!(reply.expect("the key is valid").types(), ["acceptCoupon", "setDiscount"]);
    assert_eq!(world.probe().session("cart-1"), None);
    assert_eq!(world.probe().coupon("SUMMER10").expect("seeded").usage_counter, 0);
    let calls = world.probe().calls::<UpdateCustomerSessionV2>();
    assert_eq!((calls[0].dry, calls[0].request.dry), (true, None));
}

async fn a_key_for_tests_may_request_parts_of_dry_runs(worlds: Worlds) {
    let world = worlds.with(with_keys(seed::summer())).await;
    let mut request = update().now(at("2027-01-01T00:00:00Z"));
    request.request.response_content = Some(vec![ResponseContent::CampaignEligibility]);

    let refused = world.client(PRODUCTION).update_customer_session_v2(request.clone()).await;
    let reply = world.client(TESTING).update_customer_session_v2(request).await;

    assert_eq!(refusal(refused).status(), 400);
    let eligibility = reply.expect("it is a dry run").campaign_eligibility.expect("asked for");
    assert_eq!(eligibility.len(), 1);
}

async fn a_key_for_tests_reads_stored_data(worlds: Worlds) {
    let world = worlds.with(with_keys(seed::summer())).await;
    world.client(PRODUCTION).update_customer_session_v2(update()).await.expect("the key is valid");

    let read = world.client(TESTING).get_customer_session(GetCustomerSession::new("cart-1")).await;

    let session = read.expect("the key is valid").customer_session;
    assert!(session.is_some());
    assert_eq!(session, world.probe().session("cart-1"));
}
