//! What a checkout asks of Talon.One, and what it makes of the reply.

use serde::{Deserialize, Serialize};
use talon_one::effect::AddLoyaltyPoints;
use talon_one::prelude::*;

/// An order as the shop's page sends it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Order {
    pub(crate) customer: String,
    pub(crate) coupon: Option<String>,
    pub(crate) lines: Vec<Line>,
}

/// A line of an order.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Line {
    pub(crate) sku: String,
    pub(crate) quantity: u32,
    pub(crate) price: Amount,
}

/// What the customer is told.
#[derive(Debug, Default, PartialEq, Deserialize, Serialize)]
pub(crate) struct Receipt {
    /// Sum of the lines.
    pub(crate) total: Amount,
    /// What the coupon takes off, in cents.
    pub(crate) discount: Amount,
    /// Loyalty points of this order.
    pub(crate) points: Amount,
    /// Why the coupon was rejected, such as `CouponExpired`.
    pub(crate) rejected: Option<String>,
}

/// Pays a cart: closes its session, which redeems the coupon and books the points.
pub(crate) async fn pay(
    api: &dyn IntegrationApi,
    cart: &str,
    order: &Order,
) -> Result<Receipt, Error> {
    let lines = order.lines.iter();
    let session = NewCustomerSessionV2::default()
        .profile(order.customer.as_str())
        .coupon_codes(order.coupon.as_deref())
        .cart_items(lines.map(|it| CartItem::new(&it.sku, it.quantity).price(it.price)))
        .attribute("Channel", "web")
        .state(SessionState::Closed);
    let reply = api.update_customer_session_v2(UpdateCustomerSessionV2::new(cart, session)).await?;
    Ok(receipt(order, reply.effects))
}

fn receipt(order: &Order, effects: Vec<Effect>) -> Receipt {
    let total = order.lines.iter().map(|line| line.price * line.quantity).sum();
    let mut receipt = Receipt { total, ..Receipt::default() };
    for effect in effects {
        match effect.kind {
            EffectKind::SetDiscount(discount) => {
                receipt.discount += discount.value.round(2, RoundingMode::HalfUp);
            }
            EffectKind::AddLoyaltyPoints(AddLoyaltyPoints { value, .. }) => receipt.points += value,
            EffectKind::RejectCoupon(coupon) => {
                receipt.rejected = Some(coupon.rejection_reason.to_string());
            }
            _ => {}
        }
    }
    receipt
}
