//! Customer sessions.

mod get_customer_session;
mod reopen_customer_session;
mod return_cart_items;
mod update_customer_session;
mod update_customer_session_v2;

pub use get_customer_session::GetCustomerSession;
pub use reopen_customer_session::ReopenCustomerSession;
pub use return_cart_items::ReturnCartItems;
pub use update_customer_session::UpdateCustomerSession;
pub use update_customer_session_v2::UpdateCustomerSessionV2;
