//! What a service tells of each request that it answered.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use http::{Method, Request};
use serde_json::Value;
use talon_core::Operation;
use talon_core::effect::ShowNotification;
use talon_core::model::{NewCustomerProfile, NewCustomerSession, NewEvent, NewEventV2};
use talon_core::operations::{
    GetCustomerSession, ReopenCustomerSession, TrackEvent, TrackEventV2, UpdateCustomerProfileV2,
    UpdateCustomerSession, UpdateCustomerSessionV2,
};
use talon_fake::rules::{Reward, Rule};
use talon_fake::{Campaign, Fake, Fault, ServedCall};
use talon_server::{Answer, Service as _};

use crate::http::{call, request};
use crate::shop::{pay, update, world};

/// A service, and what it told.
struct Observed {
    talon: Fake,
    service: talon_fake::FakeService,
    told: Arc<Mutex<Vec<ServedCall>>>,
}

impl Observed {
    fn new() -> Self {
        let greeting = ShowNotification { title: "Hello".into(), ..ShowNotification::default() };
        let greeting = Rule::new("Hello").then(Reward::ShowNotification(greeting));
        let world = world().campaign(Campaign::new("Greeting").rule(greeting));
        let talon = Fake::new(world).expect("the world is fit");
        let told = Arc::<Mutex<Vec<ServedCall>>>::default();
        let calls = Arc::clone(&told);
        let observe = move |call: &ServedCall| calls.lock().expect("no panic").push(call.clone());
        Self { service: talon.service().on_call(observe), talon, told }
    }

    /// The answer to a request, and what was told of it.
    async fn ask(&self, request: Request<bytes::Bytes>) -> (Answer, ServedCall) {
        let answer = self.service.handle(request).await;
        let told = self.told.lock().expect("no panic").drain(..).collect::<Vec<_>>();
        let [call] = <[ServedCall; 1]>::try_from(told).expect("one line for each request");
        (answer, call)
    }
}

/// The types of effects in the text of a reply.
fn effects_in(reply: &[u8]) -> BTreeMap<String, usize> {
    let reply: Value = serde_json::from_slice(reply).expect("it is JSON");
    let names = |list: &Value, path: &str| -> Vec<String> {
        let effects = list.as_array().into_iter().flatten();
        effects.filter_map(|it| Some(it.pointer(path)?.as_str()?.to_owned())).collect()
    };
    let mut types = BTreeMap::new();
    for name in [names(&reply["effects"], "/effectType"), names(&reply["event"]["effects"], "/3/0")]
        .concat()
    {
        *types.entry(name).or_default() += 1;
    }
    types
}

async fn has_the_effects_of_its_reply<O: Operation>(observed: &Observed, operation: O) {
    let (answer, told) = observed.ask(call(&operation, &[])).await;

    let Answer::Reply(reply) = answer else { panic!("{answer:?}") };
    assert!(reply.status().is_success(), "{reply:?}");
    assert_eq!(told.operation, Some(O::INFO.id));
    assert!(!told.effects.is_empty(), "{told}");
    assert_eq!(told.effects, effects_in(reply.body()), "{told}");
}

#[tokio::test]
async fn the_effects_of_a_call_are_those_of_its_reply() {
    let observed = Observed::new();
    let event = || NewEvent::new("pageViewed", "cart-3");
    let cart = NewCustomerSession::default().profile("anna").coupon("TENOFF");
    let profile = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());

    has_the_effects_of_its_reply(&observed, update("cart-1")).await;
    has_the_effects_of_its_reply(&observed, GetCustomerSession::new("cart-1")).await;
    has_the_effects_of_its_reply(&observed, UpdateCustomerSession::new("cart-2", cart)).await;
    has_the_effects_of_its_reply(&observed, TrackEvent::new(event())).await;
    has_the_effects_of_its_reply(&observed, profile.run_rule_engine(true)).await;
    has_the_effects_of_its_reply(&observed, pay("cart-1")).await;
    has_the_effects_of_its_reply(&observed, ReopenCustomerSession::new("cart-1")).await;
    let event = TrackEventV2::new(NewEventV2::new("pageViewed", "anna")).silent(false);
    has_the_effects_of_its_reply(&observed, event).await;
}

#[tokio::test]
async fn a_reply_that_a_fault_takes_has_no_effects() {
    let observed = Observed::new();
    for (fault, status) in [
        (Fault::lose_reply(), None),
        (Fault::garbled_body(), Some(200)),
        (Fault::status(503), Some(503)),
    ] {
        observed.talon.faults().next::<UpdateCustomerSessionV2>(fault);

        let (_, told) = observed.ask(call(&update("cart-1"), &[])).await;

        assert_eq!((told.status, told.effects.len()), (status, 0), "{told}");
    }
}

#[tokio::test]
async fn requests_without_an_operation_are_told() {
    let observed = Observed::new();

    let (_, told) = observed.ask(request("GET", "/v2/customer_session/a?b=1", &[], "")).await;

    assert_eq!(told.method, Some(Method::GET));
    assert_eq!(
        told.path.map(|path| path.to_string()).as_deref(),
        Some("/v2/customer_session/a?b=1")
    );
    assert_eq!((told.operation, told.status), (None, Some(404)));
    assert_eq!(told.near.map(|near| near.operation), Some("getCustomerSession"));
}
