//! Authentication of requests to worlds.

use bytes::Bytes;
use http::Request;
use http::request::Parts;
use talon_core::auth::{ApiKey, ApplicationKey};
use talon_core::{ApiError, ApplicationId, OperationInfo};
use talon_server::{Applications, Authenticator};

use super::durable::{Durable, DurableFake};
use super::handler::KeyedFake;
use super::{Worlds, untyped};
use crate::world::KeyType;

/// The API keys of all worlds.
///
/// An API key belongs to one world, until it expires by the clock of that world. A signature belongs to
/// the first world whose application has the id that it names.
#[derive(Clone, Debug)]
pub(super) struct Keys(pub(super) Worlds);

impl Applications for Keys {
    type Handler = KeyedFake;

    fn by_key(&self, key: &ApiKey) -> Option<KeyedFake> {
        let fake = self.0.world_or_fresh(key.reveal())?;
        let key_type = fake.type_of_key(key.reveal())?;
        Some(KeyedFake::new(fake, key_type).strict(self.0.is_strict()))
    }

    fn by_id(&self, id: ApplicationId) -> Option<(ApplicationKey, KeyedFake)> {
        let fake = self.0.application(id)?;
        let key = ApplicationKey::new(&fake.application().application_key).ok()?;
        Some((key, KeyedFake::new(fake, KeyType::Production).strict(self.0.is_strict())))
    }
}

/// Authenticates requests, and records those that it refuses in the first world.
#[derive(Clone, Debug)]
pub(super) struct WorldAuthenticator {
    keys: Keys,
    durable: Option<Durable>,
}

impl WorldAuthenticator {
    pub(super) fn new(worlds: Worlds, durable: Option<Durable>) -> Self {
        Self { keys: Keys(worlds), durable }
    }
}

impl Authenticator for WorldAuthenticator {
    type Handler = DurableFake;

    fn authenticate(
        &self,
        operation: &OperationInfo,
        request: &Request<Bytes>,
    ) -> Result<DurableFake, ApiError> {
        let fake = self.keys.authenticate(operation, request).inspect_err(|refusal| {
            let (first, reply) = (self.keys.0.first(), refusal.to_http());
            untyped::record_refusal(&first, operation, request, &reply, Vec::new());
        })?;
        Ok(DurableFake::new(fake, self.durable.clone()))
    }

    fn refuse_early(&self, operation: &OperationInfo, head: &Parts) -> Option<ApiError> {
        let refusal = self.keys.refuse_early(operation, head)?;
        untyped::record_head(&self.keys.0.first(), Some(operation), head, &refusal.to_http());
        Some(refusal)
    }
}
