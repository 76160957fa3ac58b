//! The world of a case.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use talon_core::IntegrationApi;
use talon_fake::{Clock, Fake, FaultInjector, Snapshot};

use super::capability::skip;
use super::read_only::ReadOnly;
use crate::Capability;

mod calls;
mod loyalty;

pub(crate) use calls::{
    audience_changes, cancelled, cart, closed, refusal, returning, with_identifiers, with_store,
};
/// The seed of a world; built like a world of the fake.
pub use talon_fake::World as Seed;

/// A boxed future.
pub type Future<T> = Pin<Box<dyn std::future::Future<Output = T> + Send>>;

/// The implementation under test and its capabilities.
///
/// A method for a missing capability ends the case, which is then reported as skipped.
#[derive(Clone, Debug)]
pub struct World {
    /// The implementation under test.
    pub api: Arc<dyn IntegrationApi>,
    wrong_key: Option<Arc<dyn IntegrationApi>>,
    clients: Option<Clients>,
    fake: Option<Fake>,
    missing: &'static [Capability],
    guard: Option<Arc<dyn fmt::Debug + Send + Sync>>,
}

/// The implementation under test with an API key.
#[derive(Clone)]
struct Clients(Arc<Connect>);

/// Connects a client with this key.
type Connect = dyn Fn(&str) -> Arc<dyn IntegrationApi> + Send + Sync;

impl fmt::Debug for Clients {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clients")
    }
}

impl World {
    /// A world that tests `api`, without further capabilities.
    pub fn new(api: Arc<dyn IntegrationApi>) -> Self {
        Self { api, wrong_key: None, clients: None, fake: None, missing: &[], guard: None }
    }

    /// Adds the fake that answers: its clock, its faults and its stored data.
    #[must_use]
    pub fn with_fake(mut self, fake: Fake) -> Self {
        self.fake = Some(fake);
        self
    }

    /// Adds the implementation with a wrong key.
    #[must_use]
    pub fn with_wrong_key(mut self, wrong_key: Arc<dyn IntegrationApi>) -> Self {
        self.wrong_key = Some(wrong_key);
        self
    }

    /// Adds the implementation with any API key.
    #[must_use]
    pub fn with_clients(
        mut self,
        client: impl Fn(&str) -> Arc<dyn IntegrationApi> + Send + Sync + 'static,
    ) -> Self {
        self.clients = Some(Clients(Arc::new(client)));
        self
    }

    /// Keeps a value, such as a server, until the world is dropped.
    #[must_use]
    pub fn keeping(mut self, guard: impl fmt::Debug + Send + Sync + 'static) -> Self {
        self.guard = Some(Arc::new(guard));
        self
    }

    pub(super) fn without(self, capabilities: &'static [Capability]) -> Self {
        let api = if capabilities.contains(&Capability::Write) {
            Arc::new(ReadOnly(self.api))
        } else {
            self.api
        };
        Self { api, missing: capabilities, ..self }
    }

    /// The clock of the service.
    pub fn clock(&self) -> Clock {
        self.offered(Capability::Clock, self.fake.as_ref()).clock()
    }

    /// Injects faults.
    pub fn faults(&self) -> FaultInjector {
        self.offered(Capability::Faults, self.fake.as_ref()).faults()
    }

    /// The fake, to read its stored data and its calls.
    pub fn probe(&self) -> &Fake {
        self.offered(Capability::Probe, self.fake.as_ref())
    }

    /// The changes since `before`, without the replies that are stored by `Idempotency-Key`.
    pub(crate) fn changes_since(&self, before: &Snapshot) -> Vec<String> {
        let mut changes = before.diff(&self.probe().snapshot());
        changes.retain(|change| !change.starts_with("/replies"));
        changes
    }

    /// The same implementation with a wrong key.
    pub fn wrong_key(&self) -> &dyn IntegrationApi {
        self.offered(Capability::Keys, self.wrong_key.as_deref())
    }

    /// The same implementation with this API key.
    pub fn client(&self, key: &str) -> Arc<dyn IntegrationApi> {
        (self.offered(Capability::Keys, self.clients.as_ref()).0)(key)
    }

    fn offered<'a, T: ?Sized>(&self, capability: Capability, offer: Option<&'a T>) -> &'a T {
        match offer {
            Some(offer) if !self.missing.contains(&capability) => offer,
            _ => skip(capability),
        }
    }
}
