#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod api_service;
mod authenticator;
mod buffer;
mod config;
mod connection;
mod connection_context;
mod exchange;
mod fallback;
mod head_start;
mod host;
mod memory_budget;
mod refusal_rewriter;
mod reply_body;
mod request_body;
mod request_state;
mod running_server;
mod server;
mod service;
mod shutdown;
mod single_application;
mod timeout_stream;
mod timer;

pub use api_service::ApiService;
pub use async_trait::async_trait;
pub use authenticator::{Applications, Authenticator, OpenAccess};
pub use config::ServerConfig;
pub use fallback::{Fallback, NotFound};
pub use running_server::RunningServer;
pub use server::Server;
pub use service::{RefusedRequest, Service};
pub use single_application::SingleApplication;
pub use talon_core::dispatch::{Answer, Handler};
