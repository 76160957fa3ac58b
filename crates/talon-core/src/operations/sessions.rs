//! Customer sessions.

mod update_customer_session;
mod update_customer_session_v2;

pub use update_customer_session::UpdateCustomerSession;
pub use update_customer_session_v2::UpdateCustomerSessionV2;
