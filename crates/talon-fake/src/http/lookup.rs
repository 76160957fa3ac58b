//! From the credentials of a request to its world.

use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use http::Request;
use http::request::Parts;
use talon_core::auth::{ApiKey, ApplicationKey};
use talon_core::{ApiError, ApplicationId, IntegrationApi, OperationInfo};
use talon_server::{Applications, Authenticator as _};

use super::Worlds;
use crate::Fake;

/// The server's own authentication, which remembers the world it came upon.
#[derive(Debug)]
struct Lookup {
    worlds: Worlds,
    found: OnceLock<Fake>,
}

/// The refusal of credentials that no body could mend.
pub(super) fn refuse_early(
    worlds: &Worlds,
    operation: &OperationInfo,
    head: &Parts,
) -> Option<ApiError> {
    Lookup::new(worlds).refuse_early(operation, head)
}

/// The world that the credentials of a request belong to.
pub(super) fn world_of(
    worlds: &Worlds,
    operation: &OperationInfo,
    request: &Request<Bytes>,
) -> Result<Fake, ApiError> {
    let lookup = Lookup::new(worlds);
    lookup.authenticate(operation, request)?;
    Ok(lookup.found.into_inner().expect("whatever is granted was found"))
}

impl Lookup {
    fn new(worlds: &Worlds) -> Self {
        Self { worlds: worlds.clone(), found: OnceLock::new() }
    }

    fn remember(&self, fake: Fake) -> Arc<dyn IntegrationApi> {
        self.found.get_or_init(|| fake).api()
    }
}

impl Applications for Lookup {
    fn by_key(&self, key: &ApiKey) -> Option<Arc<dyn IntegrationApi>> {
        self.worlds.world_or_fresh(key.reveal()).map(|fake| self.remember(fake))
    }

    fn by_id(&self, id: ApplicationId) -> Option<(ApplicationKey, Arc<dyn IntegrationApi>)> {
        let fake = self.worlds.application(id)?;
        let key = ApplicationKey::new(&fake.application().application_key).ok()?;
        Some((key, self.remember(fake)))
    }
}
