use std::sync::Arc;

use talon_client::{ClientConfig, RetryPolicy};
use talon_core::{Error, IntegrationApi};

use super::fake;
use crate::{Implementation, World};

/// A client that `connect` creates, and the served fake.
pub(super) fn served<A: IntegrationApi + 'static>(
    name: &'static str,
    connect: fn(ClientConfig) -> Result<A, Error>,
) -> Implementation {
    Implementation::new(name, move |seed| async move {
        let fake = fake(seed);
        let server = fake.serve().await.expect("a free port");
        let url = server.url().to_owned();
        let api = move |key: &str| -> Arc<dyn IntegrationApi> {
            let config = ClientConfig::new(&url).api_key(key).retry(RetryPolicy::never());
            Arc::new(connect(config).expect("the configuration is valid"))
        };
        World::new(api(&fake.application().api_keys[0].key))
            .with_wrong_key(api("wrong-key"))
            .with_clients(api)
            .with_fake(fake.clone())
            .keeping(server)
    })
}
