#![doc = include_str!("../README.md")]

mod connector;
mod transport;

pub use connector::DefaultConnector;
pub use talon_client::{Client, ClientConfig};
pub use transport::HyperTransport;

/// Creates a client of the service at `config.base_url` over a new [`HyperTransport`]. Opens no
/// connection yet.
///
/// # Errors
/// [`Config`](talon_core::ErrorKind::Config) when the configuration is invalid: see
/// [`Client::new`] and [`HyperTransport::new`].
pub fn connect(config: ClientConfig) -> talon_core::Result<Client<HyperTransport>> {
    let transport = HyperTransport::new(&config)?;
    Client::new(config, transport)
}
