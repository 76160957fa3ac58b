#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod answer;
mod api_service;
mod authenticator;
mod budget;
mod buffer;
mod config;
mod connection;
mod exchange;
mod host;
mod one_application;
mod own_refusal;
mod reply_body;
mod request_body;
mod running;
mod server;
mod service;
mod stop;
mod timed_stream;

pub use answer::Answer;
pub use api_service::ApiService;
pub use async_trait::async_trait;
pub use authenticator::{Applications, Authenticator, Open};
pub use config::ServerConfig;
pub use one_application::OneApplication;
pub use running::RunningServer;
pub use server::Server;
pub use service::Service;
