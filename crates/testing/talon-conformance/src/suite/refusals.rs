//! Requests that are refused, for comparing how.

use std::fmt;
use std::sync::Arc;

use talon_core::api::Call;
use talon_core::{Error, IntegrationApi};

use crate::Future;
use crate::prelude::*;

/// Sends a request through an implementation; what comes back is shown as text.
type Sender = dyn Fn(Arc<dyn IntegrationApi>) -> Future<Result<String, Error>> + Send + Sync;

/// A request that the world of [`refused_requests`] refuses, whoever asks.
pub struct RefusedRequest {
    /// Id of the operation.
    pub operation: &'static str,
    send: Box<Sender>,
}

impl RefusedRequest {
    fn new<O: Call>(request: O) -> Self {
        let send = move |api: Arc<dyn IntegrationApi>| -> Future<_> {
            let request = request.clone();
            Box::pin(async move { request.call(&*api).await.map(|reply| format!("{reply:?}")) })
        };
        Self { operation: O::INFO.id, send: Box::new(send) }
    }

    /// Sends it through `api` and returns the error.
    ///
    /// # Panics
    /// When it is accepted.
    pub async fn refusal(&self, api: Arc<dyn IntegrationApi>) -> Error {
        (self.send)(api).await.expect_err(self.operation)
    }
}

impl fmt::Debug for RefusedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RefusedRequest").field(&self.operation).finish()
    }
}

/// A world, and requests that it refuses: every operation, every sort of refusal.
pub fn refused_requests() -> (Seed, Vec<RefusedRequest>) {
    let seed = seed::coupon(seed::Coupon::new("FOR-ANNA").recipient("anna"))
        .session_attributes(&[("Colour", AttributeType::String)])
        .profile_attributes(&[("City", AttributeType::String)])
        .event_type("danced", &[]);
    let mut requests = sessions();
    requests.extend(profiles());
    requests.extend(coupons());
    requests.extend(the_rest());
    (seed, requests)
}

fn sessions() -> Vec<RefusedRequest> {
    let colour = Attributes::new().with("Colour", 7).with("Shoe/Size", 42);
    let cancelled = cart(1).state(SessionState::Cancelled);
    let v1 = |session| RefusedRequest::new(UpdateCustomerSession::new("cart-1", session));
    let v2 = |session| {
        let request = IntegrationRequest::new(session);
        RefusedRequest::new(UpdateCustomerSessionV2::new("cart-1", request))
    };
    let everything = IntegrationRequest::new(cart(1)).response_content(["everything".into()]);
    let tomorrow = at("2027-01-01T00:00:00Z");
    let request = || UpdateCustomerSessionV2::new("cart-1", IntegrationRequest::new(cart(1)));
    vec![
        v2(cancelled),
        v2(cart(1).state("paid".into())),
        v2(cart(1).attributes(colour.clone())),
        v2(cart(i64::MAX)),
        v2(NewCustomerSessionV2::default().cart_items([CartItem::new("", -1)])),
        RefusedRequest::new(UpdateCustomerSessionV2::new("cart-1", everything)),
        RefusedRequest::new(request().now(tomorrow)),
        RefusedRequest::new(UpdateCustomerSessionV2 { session_id: "".into(), ..request() }),
        RefusedRequest::new(UpdateCustomerSessionV2 { session_id: "..".into(), ..request() }),
        RefusedRequest::new(UpdateCustomerSessionV2 {
            session_id: "x".repeat(1001).into(),
            ..request()
        }),
        v1(NewCustomerSession::default().state(SessionState::Cancelled)),
        v1(NewCustomerSession::default().state("paid".into())),
        v1(NewCustomerSession::default().attributes(colour)),
    ]
}

fn profiles() -> Vec<RefusedRequest> {
    let city = NewCustomerProfile::default().attributes(Attributes::new().with("City", false));
    let content = NewCustomerProfile::default().response_content(["everything".into()]);
    vec![
        RefusedRequest::new(UpdateCustomerProfile::new("anna", city.clone())),
        RefusedRequest::new(UpdateCustomerProfile::new(".", NewCustomerProfile::default())),
        RefusedRequest::new(UpdateCustomerProfileV2::new("anna", city)),
        RefusedRequest::new(UpdateCustomerProfileV2::new("anna", content)),
        RefusedRequest::new(GetCustomerInventory::new("nobody").profile(true)),
        RefusedRequest::new(GetCustomerInventory::new("")),
        RefusedRequest::new(DeleteCustomerData::new("nobody")),
        RefusedRequest::new(DeleteCustomerData::new("..")),
    ]
}

fn coupons() -> Vec<RefusedRequest> {
    let anna = || CouponReservations::new(["anna"]);
    let nobody = || CouponReservations::new(["", "anna"]);
    vec![
        RefusedRequest::new(CreateCouponReservation::new("FOR-ANNA", anna())),
        RefusedRequest::new(CreateCouponReservation::new("NOBODY", anna())),
        RefusedRequest::new(CreateCouponReservation::new("FOR-ANNA", nobody())),
        RefusedRequest::new(CreateCouponReservation::new("", anna())),
        RefusedRequest::new(DeleteCouponReservation::new("NOBODY", anna())),
        RefusedRequest::new(DeleteCouponReservation::new("FOR-ANNA", nobody())),
        RefusedRequest::new(GetReservedCustomers::new("NOBODY")),
        RefusedRequest::new(GetReservedCustomers::new(".")),
    ]
}

fn the_rest() -> Vec<RefusedRequest> {
    let event = |name: &str| RefusedRequest::new(TrackEvent::new(NewEvent::new(name, "cart-1")));
    let order = |campaign: i64| {
        RefusedRequest::new(CreateReferral::new(NewReferral::new(campaign, "anna")))
    };
    vec![
        event("talon_session_closed"),
        event("slept"),
        event(""),
        RefusedRequest::new(TrackEvent::new(NewEvent::new("danced", ""))),
        order(404),
        order(seed::CAMPAIGN),
        RefusedRequest::new(CreateReferral::new(NewReferral::new(seed::CAMPAIGN, ""))),
    ]
}
