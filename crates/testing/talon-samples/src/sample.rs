//! A request of every operation.

use talon_core::api::Call;
use talon_core::model::CouponReservations;
use talon_core::prelude::*;

/// An operation of which there is a sample request.
///
/// The requests fit the demo world when `id` is `SUMMER10`.
pub trait Sample: Call {
    /// A request as an ordinary shop sends it, with `id` in every path parameter.
    fn sample(id: &str) -> Self;
}

impl Sample for CreateCouponReservation {
    fn sample(id: &str) -> Self {
        Self::new(id, CouponReservations::new(["anna", "ben"]))
    }
}

impl Sample for CreateReferral {
    fn sample(id: &str) -> Self {
        Self::new(NewReferral::new(1, id))
    }
}

impl Sample for DeleteCouponReservation {
    fn sample(id: &str) -> Self {
        Self::new(id, CouponReservations::new(["anna"]))
    }
}

impl Sample for DeleteCustomerData {
    fn sample(id: &str) -> Self {
        Self::new(id)
    }
}

impl Sample for GetCustomerInventory {
    fn sample(id: &str) -> Self {
        Self::new(id).profile(true).referrals(true).coupons(true)
    }
}

impl Sample for GetReservedCustomers {
    fn sample(id: &str) -> Self {
        Self::new(id)
    }
}

impl Sample for TrackEvent {
    fn sample(id: &str) -> Self {
        let attributes = Attributes::new().with("channel", "mail");
        Self::new(NewEvent::new("shared_link", id).profile("anna").attributes(attributes))
    }
}

impl Sample for UpdateCustomerProfile {
    fn sample(id: &str) -> Self {
        Self::new(id, new_profile())
    }
}

impl Sample for UpdateCustomerProfileV2 {
    fn sample(id: &str) -> Self {
        Self::new(id, new_profile()).run_rule_engine(true)
    }
}

impl Sample for UpdateCustomerSession {
    fn sample(id: &str) -> Self {
        let session = NewCustomerSession {
            profile_id: Some("anna".into()),
            coupon: Some("SUMMER10".into()),
            cart_items: Some(cart(3)),
            ..Default::default()
        };
        Self::new(id, session)
    }
}

impl Sample for UpdateCustomerSessionV2 {
    fn sample(id: &str) -> Self {
        let parts = [ResponseContent::CustomerSession, ResponseContent::Coupons];
        let request = IntegrationRequest::new(shopping_session(3)).response_content(parts);
        Self::new(id, request).dry(true)
    }
}

/// What a shop sends of a cart of `lines` lines with a valid coupon.
pub fn shopping_session(lines: usize) -> NewCustomerSessionV2 {
    NewCustomerSessionV2::default()
        .profile("anna")
        .coupon_codes(["SUMMER10"])
        .cart_items(cart(lines))
        .attributes(Attributes::new().with("ShippingCity", "Berlin"))
}

fn cart(lines: usize) -> Vec<CartItem> {
    (0..lines).map(|line| CartItem::new(format!("SKU-{line}"), 2).price(50)).collect()
}

fn new_profile() -> NewCustomerProfile {
    let attributes = Attributes::new().with("Name", "Anna").with("Email", "anna@example.com");
    NewCustomerProfile::default().attributes(attributes)
}
