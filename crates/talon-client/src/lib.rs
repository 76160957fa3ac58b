#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod client;
mod config;
mod failure;
#[cfg(feature = "loopback")]
mod loopback;
mod trace;
pub mod transport;

pub use client::Client;
pub use config::ClientConfig;
#[cfg(feature = "loopback")]
pub use loopback::Loopback;
pub use talon_core::auth::{ApiKey, ApplicationKey};
pub use transport::{Transport, TransportError, TransportErrorKind};
