//! Customer sessions.

use talon_core::api::Call;
use talon_core::prelude::*;
use talon_core::{IntegrationApi, Result};

use crate::Sample;

/// What a shop sends of a cart of `lines` lines with a valid coupon.
pub fn shopping_session(lines: usize) -> NewCustomerSessionV2 {
    NewCustomerSessionV2::default()
        .profile("anna")
        .coupon_codes(["SUMMER10"])
        .cart_items(items(lines))
        .attributes(Attributes::new().with("ShippingCity", "Berlin"))
}

fn items(lines: usize) -> Vec<CartItem> {
    (0..lines).map(|line| CartItem::new(format!("SKU-{line}"), 2).price(50)).collect()
}

/// One attribute of another type than the declared one, and one that is not declared.
fn unfit_attributes() -> Attributes {
    Attributes::new().with("Colour", 7).with("Shoe/Size", 42)
}

/// Closes a session with a line of two units.
async fn close(api: &dyn IntegrationApi, id: &str) -> Result<()> {
    let session = NewCustomerSessionV2::default().profile("anna").cart_items(items(1));
    UpdateCustomerSessionV2::new(id, session.state(SessionState::Closed)).call(api).await.map(drop)
}

impl Sample for UpdateCustomerSession {
    fn sample(id: &str) -> Self {
        let session = NewCustomerSession {
            profile_id: Some("anna".into()),
            coupon: Some("SUMMER10".into()),
            cart_items: Some(items(3)),
            ..Default::default()
        };
        Self::new(id, session)
    }

    fn refused() -> Vec<Self> {
        let sessions = [
            NewCustomerSession::default().state(SessionState::Cancelled),
            NewCustomerSession::default().state("paid"),
            NewCustomerSession::default().attributes(unfit_attributes()),
        ];
        sessions.map(|session| Self::new("cart-1", session)).into()
    }
}

impl Sample for UpdateCustomerSessionV2 {
    fn sample(id: &str) -> Self {
        let parts = [ResponseContent::CustomerSession, ResponseContent::Coupons];
        Self::new(id, shopping_session(3)).response_content(parts).dry(true)
    }

    fn refused() -> Vec<Self> {
        let cart = |price: i64| {
            NewCustomerSessionV2::default().cart_items([CartItem::new("SKU-1", 1).price(price)])
        };
        let sessions = [
            cart(1).state(SessionState::Cancelled),
            cart(1).state("paid"),
            cart(1).attributes(unfit_attributes()),
            cart(i64::MAX),
            NewCustomerSessionV2::default().cart_items([CartItem::new("", -1)]),
        ];
        let mut refused: Vec<_> = sessions.map(|session| Self::new("cart-1", session)).into();
        let request = |id: &str| Self::new(id, cart(1));
        let unknown = request("cart-1").response_content(["everything"]);
        let later: Timestamp = "2027-01-01T00:00:00Z".parse().expect("a timestamp");
        refused.push(unknown);
        refused.push(request("cart-1").now(later));
        refused.extend(["", "..", &"x".repeat(1001)].map(request));
        refused
    }
}

impl Sample for GetCustomerSession {
    fn sample(id: &str) -> Self {
        Self::new(id)
    }

    async fn prepare(api: &dyn IntegrationApi, id: &str) -> Result<()> {
        close(api, id).await
    }

    fn refused() -> Vec<Self> {
        vec![Self::new("unknown"), Self::new("."), Self::new("x".repeat(1001))]
    }
}

impl Sample for ReturnCartItems {
    fn sample(id: &str) -> Self {
        let parts = [ResponseContent::CustomerSession, ResponseContent::PreviousReturns];
        let items = [ReturnedCartItem::at(0).quantity(1)];
        Self::new(id, items).response_content(parts)
    }

    async fn prepare(api: &dyn IntegrationApi, id: &str) -> Result<()> {
        close(api, id).await
    }

    fn refused() -> Vec<Self> {
        let items = [ReturnedCartItem::at(0)];
        let unknown = Self::new("cart-1", items.clone()).response_content(["everything"]);
        vec![Self::new("unknown", items), unknown]
    }
}

impl Sample for ReopenCustomerSession {
    fn sample(id: &str) -> Self {
        Self::new(id)
    }

    async fn prepare(api: &dyn IntegrationApi, id: &str) -> Result<()> {
        close(api, id).await
    }

    fn refused() -> Vec<Self> {
        vec![Self::new("unknown"), Self::new("..")]
    }
}
