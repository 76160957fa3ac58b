use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use talon_client::{Client, ClientConfig, Loopback, RetryPolicy, Transport, TransportError};
use talon_core::async_trait;
use talon_fake::{Fake, FakeService};
use talon_server::{Answer, Service};

use super::fake;
use crate::{Implementation, World};

/// A client that calls the fake in process: requests and replies are encoded and decoded.
pub fn loopback() -> Implementation {
    Implementation::new("loopback", |seed| async {
        let fake = fake(seed);
        let client = client("any", Loopback::new(fake.api()));
        let wrong_key = client_with_keys(&fake, "wrong-key");
        let served = fake.clone();
        World::new(Arc::new(client))
            .with_wrong_key(Arc::new(wrong_key))
            .with_clients(move |key| Arc::new(client_with_keys(&served, key)))
            .with_fake(fake)
    })
}

fn client<T: Transport>(key: &str, transport: T) -> Client<T> {
    let config = ClientConfig::new("http://localhost").api_key(key).retry(RetryPolicy::never());
    Client::new(config, transport).expect("the configuration is valid")
}

fn client_with_keys(fake: &Fake, key: &str) -> Client<InProcess> {
    client(key, InProcess(fake.service()))
}

/// The served fake without a socket: unlike [`Loopback`], it checks keys.
#[derive(Clone, Debug)]
struct InProcess(FakeService);

#[async_trait]
impl Transport for InProcess {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        match self.0.handle(request).await {
            Answer::Reply(reply) => Ok(reply),
            _ => Err(TransportError::interrupted("no reply")),
        }
    }
}
