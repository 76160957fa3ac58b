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
    /// Only requests without changes: reads, dry runs, and all calls with a wrong key.
    ReadOnly,
    /// Sessions and profiles are created, with ids that are unique for the case and the run.
    Write,
}

/// A service that is called with `config`, without further capabilities.
///
/// All its worlds are the service itself, with the data that it has.
///
/// # Errors
/// [`Config`](talon_core::ErrorKind::Config) when no client can be made with the configuration.
pub fn remote(config: ClientConfig, access: Access) -> Result<Implementation> {
    let config = config.retry(RetryPolicy::never());
    let mut wrong_key = config.clone().api_key("wrong-key");
    wrong_key.application_key = None;
    let api: Arc<dyn IntegrationApi> = Arc::new(talon_reqwest::connect(config)?);
    let wrong_key: Arc<dyn IntegrationApi> = Arc::new(talon_reqwest::connect(wrong_key)?);
    let run = format!("{:08x}", fastrand::u32(..));
    let worlds = AtomicU64::new(0);
    let open = move |_seed| {
        let prefix = format!("suite-{run}-{}-", worlds.fetch_add(1, Ordering::Relaxed));
        let api = OwnIds::new(Arc::clone(&api), prefix);
        let world = World::new(Arc::new(api)).with_wrong_key(Arc::clone(&wrong_key));
        async { world }
    };
    let missing: &[Capability] = match access {
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
    Ok(Implementation::new("real", open).without(missing))
}
