//! The fake over HTTP: as the handler of requests, and behind a listener.

mod arrival;
#[cfg(feature = "serve")]
mod authenticator;
#[cfg(feature = "serve")]
mod control_api;
#[cfg(feature = "serve")]
mod cors;
#[cfg(feature = "serve")]
mod durable;
mod handler;
mod idempotency;
#[cfg(feature = "serve")]
mod served_call;
#[cfg(feature = "serve")]
mod service;
#[cfg(feature = "serve")]
mod state_file;
#[cfg(feature = "serve")]
mod unmatched;
mod untyped;
#[cfg(feature = "serve")]
mod worlds;

#[cfg(feature = "serve")]
pub use control_api::ControlAccess;
#[cfg(feature = "serve")]
pub use served_call::ServedCall;
#[cfg(feature = "serve")]
pub use service::FakeService;
#[cfg(feature = "serve")]
pub use state_file::StateFile;
#[cfg(feature = "serve")]
pub use worlds::Worlds;
