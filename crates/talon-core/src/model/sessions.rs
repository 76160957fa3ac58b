//! Customer sessions: carts and what is in them.

mod cart_item;
mod item_return;
mod session;
mod session_v2;

pub use cart_item::{AdditionalCost, CartItem, CartItemAdjustment, PriceDetail, Product};
pub use item_return::{ItemReturn, ReturnedCartItem};
pub use session::{CustomerSession, NewCustomerSession, SessionState};
pub use session_v2::{CustomerSessionV2, ExperimentVariantAllocation, NewCustomerSessionV2};
