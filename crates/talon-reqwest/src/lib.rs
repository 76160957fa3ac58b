#![doc = include_str!("../README.md")]

mod transport;

pub use talon_client::{Client, ClientConfig};
pub use transport::ReqwestTransport;

/// A client of the service at `config.base_url` over a new [`ReqwestTransport`].
///
/// # Errors
/// [`Config`](talon_core::ErrorKind::Config) when the configuration cannot work: see
/// [`Client::new`] and [`ReqwestTransport::new`].
pub fn connect(config: ClientConfig) -> talon_core::Result<Client<ReqwestTransport>> {
    let transport = ReqwestTransport::new(&config)?;
    Client::new(config, transport)
}
