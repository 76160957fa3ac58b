//! A service behind a URL.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use talon_client::{ClientConfig, RetryPolicy};
use talon_core::{IntegrationApi, Result};

use super::own_ids::OwnIds;
use crate::{Capability, Implementation, World};

/// Whether cases may change what the service stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Only what changes nothing is called: reads, dry runs, and anything with a wrong key.
    ReadOnly,
    /// Sessions and profiles are created, with ids that no other case and no other run has.
    Write,
}

/// A service that is reached by `config`, which offers nothing but the API.
///
/// Its worlds are all the same, and begin with whatever the service has.
///
/// # Errors
/// [`Config`](talon_core::ErrorKind::Config) when no client can be made with the configuration.
pub fn remote(config: ClientConfig, access: Access) -> Result<Implementation> {
    let config = config.retry(RetryPolicy::never());
    let mut stranger = config.clone().api_key("wrong-key");
    stranger.application_key = None;
    let api: Arc<dyn IntegrationApi> = Arc::new(talon_reqwest::connect(config)?);
    let stranger: Arc<dyn IntegrationApi> = Arc::new(talon_reqwest::connect(stranger)?);
    let run = format!("{:08x}", fastrand::u32(..));
    let worlds = AtomicU64::new(0);
    let open = move |_seed| {
        let prefix = format!("suite-{run}-{}-", worlds.fetch_add(1, Ordering::Relaxed));
        let api = OwnIds::new(Arc::clone(&api), prefix);
        let world = World::new(Arc::new(api)).with_stranger(Arc::clone(&stranger));
        async { world }
    };
    let lacking: &[Capability] = match access {
        Access::ReadOnly => &[
            Capability::Seed,
            Capability::Clock,
            Capability::Faults,
            Capability::Probe,
            Capability::Write,
        ],
        Access::Write => {
            &[Capability::Seed, Capability::Clock, Capability::Faults, Capability::Probe]
        }
    };
    Ok(Implementation::new("real", open).without(lacking))
}
