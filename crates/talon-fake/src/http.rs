//! The fake behind a listener.

use std::io;
use std::panic::resume_unwind;
use std::sync::Arc;

use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response, Uri};
use talon_core::ApiError;
use talon_server::{Answer, RunningServer, Server, ServerConfig, Service, async_trait};
use tokio::task::spawn_blocking;

use crate::Fake;

mod control_api;
mod cors;
mod durable;
mod exchange;
mod idempotency;
mod lookup;
mod not_implemented;
mod state_file;
mod wire;
mod worlds;

pub use control_api::ControlAccess;
use durable::Durable;
pub use state_file::StateFile;
pub use worlds::Worlds;

/// Worlds as a service for a [`Server`]: keys, signatures, routes, faults, and under `/_fake/` the
/// control API. Web pages of any origin may call the API, and none the control API.
///
/// ```no_run
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use talon_fake::{ControlAccess, Fake, World};
/// use talon_server::{Server, ServerConfig};
///
/// let talon = Fake::new(World::demo())?;
/// let server = Server::bind(ServerConfig::default().address(([0, 0, 0, 0], 8080))).await?;
/// let service = talon.service().control(ControlAccess::with_token("s3cret"));
/// server.serve(service, std::future::pending()).await;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct FakeService {
    worlds: Worlds,
    control: ControlAccess,
    durable: Option<Durable>,
}

impl Fake {
    /// The fake as a service for a [`Server`]; its control API is off until
    /// [told otherwise](FakeService::control).
    pub fn service(&self) -> FakeService {
        Worlds::new(self.clone()).service()
    }

    /// Serves the fake on a free port of the loopback interface until the result is dropped; its
    /// control API is open.
    ///
    /// The same code as in process, so that an SDK of any language meets the same behaviour.
    ///
    /// # Errors
    /// When no port can be bound.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    pub async fn serve(&self) -> io::Result<RunningServer> {
        Worlds::new(self.clone()).serve().await
    }
}

impl Worlds {
    /// The worlds as a service for a [`Server`]; the control API is off until
    /// [told otherwise](FakeService::control).
    pub fn service(&self) -> FakeService {
        FakeService { worlds: self.clone(), control: ControlAccess::off(), durable: None }
    }

    /// Serves the worlds on a free port of the loopback interface until the result is dropped;
    /// the control API is open.
    ///
    /// # Errors
    /// When no port can be bound.
    ///
    /// # Panics
    /// Outside of a tokio runtime.
    pub async fn serve(&self) -> io::Result<RunningServer> {
        let server = Server::bind(ServerConfig::default()).await?;
        let control = ControlAccess::at(server.local_addr(), None);
        Ok(server.spawn(self.service().control(control)))
    }
}

impl FakeService {
    /// Says who may use the control API.
    #[must_use]
    pub fn control(mut self, control: ControlAccess) -> Self {
        self.control = control;
        self
    }

    /// Saves the worlds to `file` before each answer that follows a change, so that nothing that
    /// was answered is lost, neither by a kill nor by a power failure.
    ///
    /// A save writes the whole state, and calls that come at once share one: it suits states of
    /// some megabytes. A change that cannot be saved is answered with 500, and stays in memory to be
    /// saved later.
    #[must_use]
    pub fn durable(mut self, file: Arc<StateFile>) -> Self {
        self.durable = Some(Durable::new(file));
        self
    }
}

impl FakeService {
    /// On a thread of its own: a snapshot of a large world takes seconds.
    async fn handle_control(self, request: Request<Bytes>) -> Answer {
        let handle = move || self.control.handle(&self.worlds, &request).into();
        match spawn_blocking(handle).await {
            Ok(answer) => answer,
            Err(error) if error.is_panic() => resume_unwind(error.into_panic()),
            // The runtime is shutting down.
            Err(_) => Answer::HangUp,
        }
    }
}

#[async_trait]
impl Service for FakeService {
    async fn handle(&self, request: Request<Bytes>) -> Answer {
        let uri = request.uri().clone();
        let answer = if control_api::has_path(uri.path()) {
            self.clone().handle_control(request).await
        } else {
            cors::allow(exchange::exchange(&self.worlds, request).await)
        };
        if let Some(durable) = &self.durable
            && let Err(refusal) = durable.settle(&self.worlds).await
        {
            return self.refuse(&uri, refusal).into();
        }
        answer
    }

    fn refuse_early(&self, head: &Parts) -> Option<Answer> {
        if control_api::has_path(head.uri.path()) {
            return self.control.refuse_early(head).map(Answer::from);
        }
        exchange::refuse_early(&self.worlds, head).map(|reply| cors::allow(reply.into()))
    }

    fn refuse(&self, uri: &Uri, refusal: ApiError) -> Response<Bytes> {
        let mut reply = refusal.to_http();
        if !control_api::has_path(uri.path()) {
            cors::allow_reply(&mut reply);
        }
        reply
    }
}
