//! The fake behind a listener.

use std::io;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response, Uri};
use talon_core::{ApiError, async_trait};
use talon_server::{
    Answer, ApiService, RefusedRequest, RunningServer, Server, ServerConfig, Service,
};
use tokio::task::spawn_blocking;

use super::arrival::Arrival;
use super::authenticator::WorldAuthenticator;
use super::durable::Durable;
use super::served_call::{Observer, ServedCall};
use super::unmatched::Unmatched;
use super::{ControlAccess, StateFile, Worlds, control_api, cors};
use crate::Fake;

/// Worlds as a service for a [`Server`]: the API with authentication and faults, and the control API
/// under `/_fake/`.
///
/// Web pages of any origin may call the API, and none may call the control API. Requests of the API
/// leave the events of [`ApiService`]; their operation is in them, and no ids, bodies and keys.
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
    api: ApiService<WorldAuthenticator, Unmatched>,
    control: ControlAccess,
    durable: Option<Durable>,
    observer: Option<Observer>,
}

impl Fake {
    /// The fake as a service for a [`Server`]. The control API is off until
    /// [`control`](FakeService::control) turns it on.
    pub fn service(&self) -> FakeService {
        Worlds::new(self.clone()).service()
    }

    /// Serves the fake on a free port of the loopback interface until the result is dropped; with
    /// the control API.
    ///
    /// The same code runs as in process, so that an SDK of any language gets the same behavior.
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
    /// The worlds as a service for a [`Server`]. The control API is off until
    /// [`control`](FakeService::control) turns it on.
    pub fn service(&self) -> FakeService {
        FakeService::new(self.clone(), None)
    }

    /// Serves the worlds on a free port of the loopback interface until the result is dropped; with
    /// the control API.
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
    fn new(worlds: Worlds, durable: Option<Durable>) -> Self {
        let authenticator = WorldAuthenticator::new(worlds.clone(), durable.clone());
        let api = ApiService::new(authenticator).fallback(Unmatched::new(worlds.clone()));
        Self { worlds, api, control: ControlAccess::off(), durable, observer: None }
    }

    /// Sets who may use the control API.
    #[must_use]
    pub fn control(mut self, control: ControlAccess) -> Self {
        self.control = control;
        self
    }

    /// Has `observe` called after each request of the API, such as to print a line about it; also after
    /// one that the server itself refuses, such as one that is too long. Requests of the control API
    /// and preflight requests of browsers are left out.
    ///
    /// ```
    /// # let talon = talon_fake::Fake::new(talon_fake::World::demo())?;
    /// let service = talon.service().on_call(|call| eprintln!("{call}"));
    /// # let _ = service;
    /// # Ok::<(), talon_fake::WorldError>(())
    /// ```
    #[must_use]
    pub fn on_call(mut self, observe: impl Fn(&ServedCall) + Send + Sync + 'static) -> Self {
        self.observer = Some(Observer::new(observe));
        self
    }

    /// Saves the worlds to `file` before each answer that follows a change, so that neither a kill
    /// nor a power failure loses what was answered.
    ///
    /// A save writes the whole state, and concurrent calls share one: it suits states of some
    /// megabytes. A change that cannot be saved is answered with 500, and stays in memory for the
    /// next save.
    #[must_use]
    pub fn durable(self, file: Arc<StateFile>) -> Self {
        let durable = Durable::new(self.worlds.clone(), file);
        Self { observer: self.observer, ..Self::new(self.worlds, Some(durable)) }
            .control(self.control)
    }

    async fn handle_control(&self, request: Request<Bytes>) -> Answer {
        let (control, worlds) = (self.control.clone(), self.worlds.clone());
        // A blocking thread: a snapshot of a large world takes seconds.
        let answer = match spawn_blocking(move || control.handle(&worlds, &request)).await {
            Ok(reply) => reply.into(),
            Err(error) if error.is_panic() => resume_unwind(error.into_panic()),
            // The runtime is shutting down.
            Err(_) => Answer::HangUp,
        };
        let Some(durable) = &self.durable else { return answer };
        durable.save().await.map_or_else(|refusal| refusal.to_http().into(), |()| answer)
    }
}

#[async_trait]
impl Service for FakeService {
    async fn handle(&self, mut request: Request<Bytes>) -> Answer {
        if control_api::has_path(request.uri().path()) {
            return self.handle_control(request).await;
        }
        if let Some(reply) = cors::preflight(request.method(), request.headers()) {
            return cors::allow(reply.into());
        }
        let arrival = Arrival::now();
        request.extensions_mut().insert(arrival);
        let Some(observer) = &self.observer else {
            return cors::allow(self.api.handle(request).await);
        };
        let head = (request.method().clone(), request.uri().clone());
        let answer = self.api.handle(request).await;
        observer.answered(head, &answer, arrival.elapsed());
        cors::allow(answer)
    }

    fn refuse_early(&self, head: &Parts) -> Option<Answer> {
        if control_api::has_path(head.uri.path()) {
            return self.control.refuse_early(head).map(Answer::from);
        }
        if let Some(reply) = cors::preflight(&head.method, &head.headers) {
            return Some(cors::allow(reply.into()));
        }
        let answer = self.api.refuse_early(head)?;
        if let Some(observer) = &self.observer {
            let head = (head.method.clone(), head.uri.clone());
            observer.answered(head, &answer, Duration::ZERO);
        }
        Some(cors::allow(answer))
    }

    fn refuse(&self, uri: &Uri, refusal: ApiError) -> Response<Bytes> {
        let mut reply = refusal.to_http();
        if !control_api::has_path(uri.path()) {
            cors::allow_reply(&mut reply);
        }
        reply
    }

    fn on_refusal(&self, request: &RefusedRequest<'_>) {
        let is_control = request.uri.is_some_and(|uri| control_api::has_path(uri.path()));
        if let Some(observer) = self.observer.as_ref().filter(|_| !is_control) {
            observer.refused(request);
        }
    }
}
