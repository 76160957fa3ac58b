#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod api_ext;
mod attempt_error;
#[cfg(feature = "blocking")]
pub mod blocking;
mod call_options;
mod client;
mod config;
mod content_encoding;
mod idempotency_key;
#[cfg(feature = "loopback")]
mod loopback;
pub mod observer;
pub mod retry;
#[cfg(feature = "tls")]
pub mod tls;
mod trace;
pub mod transport;

pub use api_ext::{IntegrationApiExt, WithOptions};
pub use call_options::CallOptions;
pub use client::Client;
pub use config::ClientConfig;
pub use idempotency_key::IdempotencyKey;
#[cfg(feature = "loopback")]
pub use loopback::Loopback;
pub use observer::Observer;
pub use retry::{RetryBudget, RetryPolicy};
pub use talon_core::auth::{ApiKey, ApplicationKey};
pub use transport::{Transport, TransportError, TransportErrorKind};
