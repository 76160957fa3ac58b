//! Customer sessions and their items.

mod cart_item;
mod item_return;
mod session;
mod session_effects;
mod session_v2;

pub use cart_item::*;
pub use item_return::*;
pub use session::*;
pub use session_effects::*;
pub use session_v2::*;
