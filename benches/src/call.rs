//! One call with the clients of this workspace and with hyper and reqwest alone.
//!
//! All send the same bytes and decode the same reply into the same type.

use talon_core::model::{CartItem, NewCustomerSessionV2};
use talon_core::operations::UpdateCustomerSessionV2;

mod bare;
mod count;
mod reply_server;

pub use bare::{BareHyper, BareReqwest};
pub use count::count;
pub use reply_server::ReplyServer;

/// Any error.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// API key of every call.
pub const API_KEY: &str = "fefecafedeadbeef";
/// `User-Agent` of every call.
pub const USER_AGENT: &str = "talon-benches";
/// `Idempotency-Key` of every call.
pub const IDEMPOTENCY_KEY: &str = "6f2a7b1e-0000-4000-8000-000000000001";

/// An update of a session of ten items with two codes; its reply is
/// [`session_reply(10)`](talon_samples::session_reply).
pub fn request() -> UpdateCustomerSessionV2 {
    let items = (0..10).map(|line| {
        CartItem::new(format!("SKU-{line:05}"), 1 + line % 3).price(10).category("drinks")
    });
    let session = NewCustomerSessionV2::default()
        .profile("anna")
        .coupon_codes(["SUMMER10", "EXPIRED"])
        .cart_items(items);
    UpdateCustomerSessionV2::new("cart-4711", session)
}
