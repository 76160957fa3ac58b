//! Calls: of operations, with the head of the reply, and raw.

use std::pin::pin;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, USER_AGENT};
use http::{HeaderValue, Request, Response};
use talon_core::operation::IDEMPOTENCY_KEY;
use talon_core::{Error, ErrorKind, Operation, OperationInfo, Result, StopReason};

use super::exchange::{AnyRequest, CallWithResponse, Exchange, OperationCall, RawCall, ReadReply};
use super::limiter::Permit;
use super::reporter::Reporter;
use super::retry_loop::{Deadline, RetryLoop};
use super::{Client, Inner, runtime};
use crate::{CallOptions, IdempotencyKey, Transport, content_encoding, trace};

/// Headers added to those of the codec, by the client and by a transport.
const EXTRA_HEADERS: usize = 7;

impl<T: Transport> Client<T> {
    /// Calls an operation, given as a value. The methods of
    /// [`IntegrationApi`](talon_core::IntegrationApi) call this.
    ///
    /// The operation may be one that this version lacks: see
    /// [`operation!`](talon_core::operation!).
    ///
    /// # Errors
    /// See [`Client`].
    pub async fn call<O: Operation>(&self, operation: O) -> Result<O::Reply> {
        self.pipeline().exchange(OperationCall(operation), self.options()).await
    }

    /// Calls an operation, and returns its reply with the status and the headers of the last
    /// attempt.
    ///
    /// Behind an `Arc<dyn IntegrationApi>`, an [observer](crate::observer) gets the headers. Those
    /// of a failed call are in [`Error::headers`].
    ///
    /// ```
    /// # use std::sync::Arc;
    /// # use talon_client::{Client, Transport};
    /// use talon_core::operations::GetCustomerInventory;
    ///
    /// # async fn inventory<T: Transport>(client: &Client<T>) -> talon_core::Result<()> {
    /// let response = client.call_with_response(GetCustomerInventory::new("anna")).await?;
    /// let request_id = response.headers().get("x-request-id").cloned();
    /// let inventory = response.into_body();
    /// # drop((request_id, inventory));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// See [`Client`].
    pub async fn call_with_response<O: Operation>(
        &self,
        operation: O,
    ) -> Result<Response<O::Reply>> {
        self.pipeline().exchange(CallWithResponse(OperationCall(operation)), self.options()).await
    }

    /// Sends any request, with the keys, deadline, retries and spans of the client, and returns the
    /// reply.
    ///
    /// Path and query are appended to the base URL as they are: ids in them must be
    /// percent-encoded. [`operation!`](talon_core::operation!) does that, and has types.
    ///
    /// The client adds the headers that are missing: the credentials, `Accept`, and for a body
    /// `Content-Type: application/json`. It sets `User-Agent` and `Accept-Encoding`. Whether a
    /// request is repeated after a lost reply follows from its method, as HTTP defines it: GET, HEAD,
    /// OPTIONS, PUT and DELETE are, POST and PATCH are not. A request with an `Idempotency-Key`, as
    /// a header or as [an option](CallOptions::idempotency_key), is repeated with that key.
    ///
    /// Calls of one session or profile are not [limited](crate::ClientConfig::max_parallel_calls).
    /// Spans and reports have the operation `raw`, without a path.
    ///
    /// ```
    /// # use talon_client::{Client, Transport};
    /// use talon_core::bytes::Bytes;
    /// use talon_core::http::Request;
    ///
    /// # async fn export<T: Transport>(client: &Client<T>) -> Result<(), Box<dyn std::error::Error>> {
    /// let request = Request::post("/v1/loyalty_programs/7/export?dateFormat=ISO8601")
    ///     .body(Bytes::from_static(br#"{"full":true}"#))?;
    /// let reply = client.call_raw(request).await?;
    /// println!("{}: {} bytes", reply.status(), reply.body().len());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// See [`Client`]. A status from 400 is an error of kind [`Api`](ErrorKind::Api) with
    /// [status](Error::status), [headers](Error::headers) and [body](Error::body).
    /// [`Encode`](ErrorKind::Encode) when the URI has a host, or `.` or `..` in its path: keys are
    /// sent to the base URL only.
    pub async fn call_raw(&self, request: Request<Bytes>) -> Result<Response<Bytes>> {
        let options = self.options();
        let call = RawCall::new(request, options.idempotency_key.is_some());
        self.pipeline().exchange(call, options).await
    }

    /// The options of the client, overridden by those nearer to the caller.
    fn options(&self) -> CallOptions {
        CallOptions::current().map_or_else(
            || self.options.clone(),
            |current| self.options.clone().overridden_by(current),
        )
    }

    fn pipeline(&self) -> &Inner<dyn Transport> {
        &*self.inner
    }
}

/// The pipeline, which does not see the type of the transport, and below `exchange` not that of the
/// operation.
impl Inner<dyn Transport> {
    async fn exchange<X: Exchange>(&self, exchange: X, options: CallOptions) -> Result<X::Reply> {
        // In boxes: the futures around this one are moved with all that they hold, and a reply may have
        // some kilobytes.
        let mut decoded = None;
        let mut read = |reply| exchange.decode(reply).map(|reply| decoded = Some(Box::new(reply)));
        Box::pin(self.call(&exchange, &mut read, &options)).await?;
        Ok(*decoded.expect("a call that succeeds has read its reply"))
    }

    async fn call(
        &self,
        request: &dyn AnyRequest,
        read: &mut ReadReply<'_>,
        options: &CallOptions,
    ) -> Result<()> {
        let info = request.info();
        let span = trace::call_span(info);
        let mut reporter = Reporter::begin(self.observer.as_deref(), info, &span);
        let result = {
            let running = pin!(self.run(request, read, options, &mut reporter.attempts));
            trace::in_span(&span, running).await
        };
        reporter.end(&result);
        result
    }

    async fn run(
        &self,
        request: &dyn AnyRequest,
        read: &mut ReadReply<'_>,
        options: &CallOptions,
        attempts: &mut u32,
    ) -> Result<()> {
        let info = request.info();
        let key = idempotency_key(info, options);
        let encode = || self.encode(request, key.clone()).map_err(|error| named(error, info));
        let first = encode()?;
        runtime::check().map_err(|error| named(error, info))?;
        let deadline = Deadline::after(options.deadline.unwrap_or(self.deadline));
        let _permits = self.acquire_permits(request, deadline).await?;
        let mut retry_loop = RetryLoop {
            inner: self,
            request,
            read,
            policy: options.retry.as_ref().unwrap_or(&self.retry),
            attempt_timeout: options.attempt_timeout.unwrap_or(self.attempt_timeout),
            deadline,
            attempts,
            may_be_applied: false,
        };
        retry_loop.run(first, &encode).await
    }

    fn encode(&self, request: &dyn AnyRequest, key: Option<HeaderValue>) -> Result<Request<Bytes>> {
        let (mut head, body) = request.encode()?.into_parts();
        head.uri = request.locate(&self.base_url, head.uri)?;
        head.headers.reserve(EXTRA_HEADERS);
        self.credentials.authorise(request.info(), &mut head.headers, &body)?;
        head.headers.insert(USER_AGENT, self.user_agent.clone());
        head.headers.insert(ACCEPT_ENCODING, content_encoding::ACCEPTED);
        if let Some(key) = key {
            head.headers.entry(IDEMPOTENCY_KEY).or_insert(key);
        }
        Ok(Request::from_parts(head, body))
    }

    async fn acquire_permits(
        &self,
        request: &dyn AnyRequest,
        deadline: Deadline,
    ) -> Result<Vec<Permit<'_>>> {
        let Some(limiter) = &self.limiter else { return Ok(Vec::new()) };
        let permits = limiter.acquire(request.subjects());
        tokio::time::timeout(deadline.time_left(), permits).await.map_err(|elapsed| {
            let message = "was not sent: other calls for its session or profile took all the time";
            let error = Error::builder(ErrorKind::Timeout, message).source(elapsed);
            error.stop_reason(StopReason::Deadline).operation(request.info().id).build()
        })
    }
}

/// The idempotency key of a call, the same in all its attempts; `None` where the operation does not
/// support it.
fn idempotency_key(info: &OperationInfo, options: &CallOptions) -> Option<HeaderValue> {
    let key = || match &options.idempotency_key {
        Some(chosen) => chosen.to_header(),
        None => IdempotencyKey::random().to_header(),
    };
    info.idempotency_key.then(key)
}

fn named(error: Error, info: &OperationInfo) -> Error {
    error.into_builder().operation(info.id).build()
}
