#![doc = include_str!("../README.md")]

mod service;
mod transport;

pub use service::TransportService;
pub use transport::TowerTransport;

/// Any error, as tower's layers have it.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;
