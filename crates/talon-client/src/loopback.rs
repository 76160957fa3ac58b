//! A transport without a socket.

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use talon_core::{IntegrationApi, async_trait, dispatch};

use crate::{Client, ClientConfig, Transport, TransportError};

/// Answers requests with an implementation of the API in the same process.
///
/// A `Client<Loopback>` goes through the whole codec in both directions: what a test sees there is
/// what it would see over a socket, without keys being checked.
///
/// ```
/// use std::sync::Arc;
/// use talon_client::Loopback;
/// use talon_core::{IntegrationApi, operations::GetReservedCustomers};
///
/// #[derive(Debug)]
/// struct Nothing;
/// impl IntegrationApi for Nothing {}
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let client = Loopback::client(Arc::new(Nothing));
/// let error = client.get_reserved_customers(GetReservedCustomers::new("SUMMER10")).await.unwrap_err();
/// assert_eq!(error.status().unwrap(), 501);
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Loopback {
    api: Arc<dyn IntegrationApi>,
}

impl Loopback {
    /// Answers with `api`. The client's base URL must have no path.
    pub fn new(api: Arc<dyn IntegrationApi>) -> Self {
        Self { api }
    }

    /// A client of `api` with a configuration that does for tests.
    #[allow(clippy::missing_panics_doc, reason = "the configuration is fit")]
    pub fn client(api: Arc<dyn IntegrationApi>) -> Client<Self> {
        let config = ClientConfig::new("http://localhost").api_key("loopback");
        Client::new(config, Self::new(api)).expect("the configuration is fit")
    }
}

#[async_trait]
impl Transport for Loopback {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        Ok(dispatch::dispatch(&*self.api, &request).await)
    }
}
