//! Turns a tower service into a transport.

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use http_body_util::Full;
use talon_client::transport::{hyper_error, read_body};
use talon_client::{Transport, TransportError, TransportErrorKind};
use talon_core::async_trait;
use tower_service::Service;

use crate::BoxError;

/// Converts an error of the service or of a body.
type Classify = Arc<dyn Fn(BoxError) -> TransportError + Send + Sync>;

/// [`Transport`] over a tower service.
///
/// Each request clones the service, waits until the clone is ready, and calls it once. Clones
/// should share their state, such as connections and limits.
///
/// The service has to meet the [contract](Transport#contract) of a transport: paths unchanged, no
/// redirects, no request sent twice, nothing of the request in errors.
///
/// ```
/// use bytes::Bytes;
/// use http::{Request, Response};
/// use http_body_util::Full;
/// use talon_client::{Client, ClientConfig};
/// use talon_core::operations::DeleteCustomerData;
/// use talon_tower::TowerTransport;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> talon_core::Result<()> {
/// let service = tower::service_fn(|_: Request<Full<Bytes>>| async {
///     let gone = Response::builder().status(204).body(Full::<Bytes>::default());
///     gone.map_err(std::io::Error::other)
/// });
/// let config = ClientConfig::new("http://localhost").api_key("fefecafedeadbeef");
/// let talon = Client::new(config, TowerTransport::new(service))?;
///
/// talon.call(DeleteCustomerData::new("anna")).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct TowerTransport<S> {
    service: S,
    classify: Classify,
}

impl<S> TowerTransport<S> {
    /// Creates a transport that sends requests through `service`.
    ///
    /// An error that is a [`TransportError`], or has one among its sources, keeps its kind. Errors
    /// of hyper and h2 are classified by [`hyper_error`]. All others are of kind
    /// [`Other`](TransportErrorKind::Other): the change may have been applied.
    pub fn new(service: S) -> Self {
        Self { service, classify: Arc::new(TransportError::other) }
    }

    /// Classifies errors that [`new`](Self::new) does not know, such as the timeout of a layer or a
    /// connect error of another HTTP library. `classify` must return
    /// [`Connect`](TransportErrorKind::Connect) only when no byte was sent, and
    /// [`Unprocessed`](TransportErrorKind::Unprocessed) only when the service did not process the
    /// request: such calls are retried although they may not be idempotent.
    ///
    /// ```
    /// use talon_client::TransportError;
    /// use talon_tower::TowerTransport;
    /// # let service = tower::service_fn(|_: http::Request<http_body_util::Full<bytes::Bytes>>| async {
    /// #     Ok::<_, tower::BoxError>(http::Response::new(http_body_util::Full::<bytes::Bytes>::default()))
    /// # });
    /// let transport = TowerTransport::new(service).classify_errors(|error| {
    ///     match error.is::<tower::timeout::error::Elapsed>() {
    ///         true => TransportError::timeout(error),
    ///         false => TransportError::other(error),
    ///     }
    /// });
    /// # drop(transport);
    /// ```
    #[must_use]
    pub fn classify_errors(
        mut self,
        classify: impl Fn(BoxError) -> TransportError + Send + Sync + 'static,
    ) -> Self {
        self.classify = Arc::new(classify);
        self
    }

    fn to_transport_error(
        &self,
        error: BoxError,
        kind: fn(&(dyn Error + 'static)) -> Option<TransportErrorKind>,
    ) -> TransportError {
        let error = match find_transport_error(error) {
            Ok(error) => return error,
            Err(error) => error,
        };
        match kind(&*error) {
            Some(kind) => TransportError::new(kind, error),
            None => (self.classify)(error),
        }
    }
}

#[async_trait]
impl<S, B> Transport for TowerTransport<S>
where
    S: Service<Request<Full<Bytes>>, Response = Response<B>> + Clone + Send + Sync + 'static,
    S::Future: Send,
    S::Error: Into<BoxError>,
    B: Body<Data = Bytes> + Send,
    B::Error: Into<BoxError>,
{
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let mut service = self.service.clone();
        let failed = |error: S::Error| {
            self.to_transport_error(error.into(), hyper_error::classify_request_error)
        };
        poll_fn(|context| service.poll_ready(context)).await.map_err(failed)?;
        let response = service.call(request.map(Full::new)).await.map_err(failed)?;
        let (head, body) = response.into_parts();
        let body = http_body_util::BodyExt::map_err(body, |error| BodyError(error.into()));
        let body = read_body(body, |error| {
            self.to_transport_error(error.0, hyper_error::classify_body_error)
        })
        .await?;
        Ok(Response::from_parts(head, body))
    }
}

impl<S> fmt::Debug for TowerTransport<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TowerTransport").finish_non_exhaustive()
    }
}

/// The [`TransportError`] that `error` is or was caused by; otherwise `error` itself.
fn find_transport_error(error: BoxError) -> Result<TransportError, BoxError> {
    let error = match error.downcast::<TransportError>() {
        Ok(error) => return Ok(*error),
        Err(error) => error,
    };
    let mut causes = std::iter::successors(error.source(), |&cause| cause.source());
    let kind = causes.find_map(|cause| cause.downcast_ref::<TransportError>());
    match kind.map(TransportError::kind) {
        Some(kind) => Ok(TransportError::new(kind, error)),
        None => Err(error),
    }
}

/// An error of a body with the bounds that `read_body` needs.
#[derive(Debug)]
struct BodyError(BoxError);

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body failed")
    }
}

impl Error for BodyError {}
