#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "blocking")]
pub use talon_client::blocking;
#[cfg(feature = "client")]
pub use talon_client::{
    ApiKey, ApplicationKey, CallOptions, Client, ClientConfig, IdempotencyKey, IntegrationApiExt,
    RetryBudget, RetryPolicy, Transport, TransportError, TransportErrorKind, WithOptions, observer,
    retry,
};
pub use talon_core::*;
#[cfg(feature = "fake")]
pub use talon_fake as fake;
#[cfg(feature = "hyper")]
pub use talon_hyper as hyper;
#[cfg(feature = "reqwest")]
pub use talon_reqwest as reqwest;
#[cfg(feature = "server")]
pub use talon_server as server;
#[cfg(feature = "tower")]
pub use talon_tower as tower;

/// Compiles and runs the examples of the workspace's README.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct WorkspaceReadme;
