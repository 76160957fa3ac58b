use std::sync::Arc;

use talon_client::{ClientConfig, RetryPolicy};
use talon_core::IntegrationApi;
use talon_fake::Fake;

use crate::{Implementation, World};

/// A client over reqwest, and the fake behind a listener.
pub fn over_reqwest() -> Implementation {
    Implementation::new("over_reqwest", |seed| async {
        let fake = Fake::new(seed).expect("the seed is valid");
        let server = fake.serve().await.expect("a free port");
        let url = server.url().to_owned();
        let api = move |key: &str| -> Arc<dyn IntegrationApi> {
            let config = ClientConfig::new(&url).api_key(key).retry(RetryPolicy::never());
            Arc::new(talon_reqwest::connect(config).expect("the configuration is valid"))
        };
        World::new(api(&fake.application().api_keys[0].key))
            .with_stranger(api("wrong-key"))
            .with_clients(api)
            .with_fake(fake.clone())
            .keeping(server)
    })
}
