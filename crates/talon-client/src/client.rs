//! The client: one pipeline for all operations.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::USER_AGENT;
use http::{HeaderValue, Request, Response};
use talon_core::{Error, ErrorKind, Operation, OperationInfo, Result};
use tracing::{Instrument, Span};

use crate::config::BaseUrl;
use crate::{ClientConfig, Transport, TransportError, failure, trace};

mod api;
mod credentials;

use credentials::Credentials;

/// The API over a [`Transport`].
///
/// Cheap to clone; clones share the transport and its connections. Hold it as
/// `Arc<dyn IntegrationApi>` where the code should not care, and in tests put a fake there.
///
/// # Order
/// A call goes through these steps, and nothing happens outside of them:
///
/// 1. Encode: the request becomes HTTP. What no URL can carry fails here.
/// 2. Authorise: the schemes the operation accepts and the client has keys for, all of them.
/// 3. Start the deadline, which covers the steps up to classification.
/// 4. Send: once; there are no retries yet.
/// 5. Classify: a failure to send becomes an error that says whether the change may have been
///    applied.
/// 6. Decode: a reply of any status becomes a value or an error.
///
/// # Errors
/// Besides those of the operation itself:
///
/// - [`Encode`](ErrorKind::Encode), [`Config`](ErrorKind::Config): nothing was sent.
/// - [`Connect`](ErrorKind::Connect): nothing was sent.
/// - [`Timeout`](ErrorKind::Timeout), [`Interrupted`](ErrorKind::Interrupted): the change may have
///   been applied.
/// - [`Decode`](ErrorKind::Decode): there was a reply, but not one of this operation.
///
/// # Panics
/// Calls panic outside of a tokio runtime with its clock enabled.
pub struct Client<T> {
    inner: Arc<Inner<T>>,
}

struct Inner<T> {
    base_url: BaseUrl,
    credentials: Credentials,
    user_agent: HeaderValue,
    deadline: Duration,
    transport: T,
}

impl<T: Transport> Client<T> {
    /// A client that calls as `config` says, over `transport`.
    ///
    /// # Errors
    /// [`Config`](ErrorKind::Config) when the base URL is unfit, no key is given, or a key, prefix
    /// or user agent cannot be written in a header.
    pub fn new(config: ClientConfig, transport: T) -> Result<Self> {
        let user_agent = HeaderValue::from_str(&config.user_agent).map_err(|error| {
            let message = "the user agent has characters that no header can carry";
            Error::new(ErrorKind::Config, message).caused_by(error)
        })?;
        let inner = Inner {
            base_url: BaseUrl::parse(&config.base_url, config.allow_plain_http)?,
            deadline: config.deadline,
            credentials: Credentials::new(config)?,
            user_agent,
            transport,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// The transport, for what it alone can tell.
    pub fn transport(&self) -> &T {
        &self.inner.transport
    }

    /// Calls any operation; the methods of [`IntegrationApi`](talon_core::IntegrationApi) are this.
    ///
    /// # Errors
    /// See [`Client`].
    pub async fn call<O: Operation>(&self, operation: O) -> Result<O::Reply> {
        let span = trace::call(O::INFO);
        let result = self.run(&operation, &span).instrument(span.clone()).await;
        trace::outcome(&span, &result);
        result
    }

    async fn run<O: Operation>(&self, operation: &O, span: &Span) -> Result<O::Reply> {
        let mut request = self.encode(operation)?;
        self.inner.credentials.authorise(O::INFO, &mut request)?;
        let reply = self.send(O::INFO, request, span).await?;
        O::reply_from_http(reply).map_err(|error| failure::of_reply(O::INFO, error))
    }

    fn encode<O: Operation>(&self, operation: &O) -> Result<Request<Bytes>> {
        let mut request = operation.to_http()?;
        *request.uri_mut() = self.inner.base_url.join(request.uri()).map_err(O::named)?;
        request.headers_mut().insert(USER_AGENT, self.inner.user_agent.clone());
        Ok(request)
    }

    async fn send(
        &self,
        info: &'static OperationInfo,
        request: Request<Bytes>,
        span: &Span,
    ) -> Result<Response<Bytes>> {
        trace::attempt(span, 1);
        let sending = self.inner.transport.send(request);
        let sent = tokio::time::timeout(self.inner.deadline, sending).await;
        let reply = sent.unwrap_or_else(|elapsed| Err(TransportError::timeout(elapsed)));
        let reply = reply.map_err(|error| failure::of_transport(info, error))?;
        trace::status(span, reply.status());
        Ok(reply)
    }
}

impl<T> Clone for Client<T> {
    fn clone(&self) -> Self {
        Self { inner: Arc::clone(&self.inner) }
    }
}

impl<T: fmt::Debug> fmt::Debug for Client<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.inner.base_url.as_str())
            .field("credentials", &self.inner.credentials)
            .field("deadline", &self.inner.deadline)
            .field("transport", &self.inner.transport)
            .finish_non_exhaustive()
    }
}
