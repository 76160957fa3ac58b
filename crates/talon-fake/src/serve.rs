//! The fake behind a listener.

use std::io;
use std::sync::Arc;

use talon_core::auth::{ApiKey, ApplicationKey};
use talon_core::{ApplicationId, IntegrationApi};
use talon_server::{ApiService, Applications, RunningServer, Server, ServerConfig};

use crate::Fake;

impl Fake {
    /// The fake as a service for a [`Server`]: routes, keys, signatures.
    pub fn service(&self) -> ApiService<Self> {
        ApiService::new(self.clone())
    }

    /// Serves the fake on a free port of the loopback interface until the result is dropped.
    ///
    /// The same code as in process, so that an SDK of any language meets the same behaviour.
    ///
    /// # Errors
    /// When no port can be bound.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    pub async fn serve(&self) -> io::Result<RunningServer> {
        let server = Server::bind(ServerConfig::default()).await?;
        Ok(server.spawn(self.service()))
    }
}

impl Applications for Fake {
    fn by_key(&self, key: &ApiKey) -> Option<Arc<dyn IntegrationApi>> {
        // No early return: how long it takes says nothing about which key was close.
        let keys = self.application().api_keys.iter();
        let known = keys.filter(|known| key.matches(known)).count() > 0;
        known.then(|| self.api())
    }

    fn by_id(&self, id: ApplicationId) -> Option<(ApplicationKey, Arc<dyn IntegrationApi>)> {
        let application = self.application();
        let key = ApplicationKey::new(&application.application_key).ok()?;
        (id == application.id).then(|| (key, self.api()))
    }
}
