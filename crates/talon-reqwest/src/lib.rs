#![doc = include_str!("../README.md")]

pub mod error;
mod transport;

pub use talon_client::{Client, ClientConfig};
pub use transport::ReqwestTransport;

/// Creates a client of the service at `config.base_url` over a new [`ReqwestTransport`]. Opens no
/// connection yet.
///
/// # Errors
/// [`Config`](talon_core::ErrorKind::Config) when the configuration is invalid: see
/// [`Client::new`] and [`ReqwestTransport::new`].
pub fn connect(config: ClientConfig) -> talon_core::Result<Client<ReqwestTransport>> {
    let transport = ReqwestTransport::new(&config)?;
    Client::new(config, transport)
}
