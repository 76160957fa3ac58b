//! Authentication of requests to worlds.

use bytes::Bytes;
use http::Request;
use http::request::Parts;
use talon_core::auth::{ApiKey, ApplicationKey};
use talon_core::{ApiError, ApplicationId, OperationInfo};
use talon_server::{Applications, Authenticator};

use super::durable::{Durable, DurableFake};
use super::{Worlds, untyped};
use crate::Fake;

/// An API key belongs to one world. A signature belongs to the first world whose application has the
/// id that it names.
impl Applications for Worlds {
    type Handler = Fake;

    fn by_key(&self, key: &ApiKey) -> Option<Fake> {
        self.world_or_fresh(key.reveal())
    }

    fn by_id(&self, id: ApplicationId) -> Option<(ApplicationKey, Fake)> {
        let fake = self.application(id)?;
        let key = ApplicationKey::new(&fake.application().application_key).ok()?;
        Some((key, fake))
    }
}

/// Authenticates requests, and records those that it refuses in the first world.
#[derive(Clone, Debug)]
pub(super) struct WorldAuthenticator {
    worlds: Worlds,
    durable: Option<Durable>,
}

impl WorldAuthenticator {
    pub(super) fn new(worlds: Worlds, durable: Option<Durable>) -> Self {
        Self { worlds, durable }
    }
}

impl Authenticator for WorldAuthenticator {
    type Handler = DurableFake;

    fn authenticate(
        &self,
        operation: &OperationInfo,
        request: &Request<Bytes>,
    ) -> Result<DurableFake, ApiError> {
        let fake = self.worlds.authenticate(operation, request).inspect_err(|refusal| {
            let (first, status) = (self.worlds.first(), refusal.status());
            untyped::record(&first, Some(operation), request.method(), request.uri(), status);
        })?;
        Ok(DurableFake::new(fake, self.durable.clone()))
    }

    fn refuse_early(&self, operation: &OperationInfo, head: &Parts) -> Option<ApiError> {
        let refusal = self.worlds.refuse_early(operation, head)?;
        let (first, status) = (self.worlds.first(), refusal.status());
        untyped::record(&first, Some(operation), &head.method, &head.uri, status);
        Some(refusal)
    }
}
