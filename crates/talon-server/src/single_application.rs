//! One application with a fixed key.

use std::sync::Arc;

use talon_core::auth::{ApiKey, ApplicationKey};
use talon_core::{ApplicationId, IntegrationApi};

use crate::Applications;

/// One application with an implementation of the API, known by a key and by signatures.
///
/// For a proxy in front of one client, or for a test double.
///
/// ```
/// # #[derive(Debug)] struct Fake;
/// # impl talon_core::IntegrationApi for Fake {}
/// # let api = std::sync::Arc::new(Fake);
/// use talon_core::auth::ApplicationKey;
/// use talon_server::SingleApplication;
///
/// let application = SingleApplication::new("c0ffee", api)
///     .application_key(7, ApplicationKey::new("fefecafedeadbeef")?);
/// # let _ = application;
/// # Ok::<(), talon_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct SingleApplication {
    api: Arc<dyn IntegrationApi>,
    key: ApiKey,
    signer: Option<(ApplicationId, ApplicationKey)>,
}

impl SingleApplication {
    /// Accepts `key` for `api`, and no signatures.
    pub fn new(key: impl Into<ApiKey>, api: Arc<dyn IntegrationApi>) -> Self {
        Self { api, key: key.into(), signer: None }
    }

    /// Accepts signatures of application `id`, made with `key`, as well.
    #[must_use]
    pub fn application_key(mut self, id: impl Into<ApplicationId>, key: ApplicationKey) -> Self {
        self.signer = Some((id.into(), key));
        self
    }
}

impl Applications for SingleApplication {
    type Handler = Arc<dyn IntegrationApi>;

    fn by_key(&self, key: &ApiKey) -> Option<Self::Handler> {
        self.key.matches(key.reveal()).then(|| self.api.clone())
    }

    fn by_id(&self, id: ApplicationId) -> Option<(ApplicationKey, Self::Handler)> {
        let (signer, key) = self.signer.as_ref()?;
        (*signer == id).then(|| (key.clone(), self.api.clone()))
    }
}
