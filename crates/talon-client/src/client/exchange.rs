//! What the pipeline sends: a request, and how its reply is read.

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method, Request, Response, StatusCode, Uri};
use talon_core::operation::{AuthScheme, IDEMPOTENCY_KEY, RetrySafety, Subject};
use talon_core::{ApiError, Error, Operation, OperationInfo, Result};

use crate::config::BaseUrl;

/// A request that can be sent several times. The pipeline is compiled for this trait, and not for each
/// operation.
pub(super) trait AnyRequest: Send + Sync {
    fn info(&self) -> &OperationInfo;

    /// Sessions and profiles whose limit of parallel calls applies.
    fn subjects(&self) -> Vec<Subject>;

    /// The request with a relative URI.
    fn encode(&self) -> Result<Request<Bytes>>;

    /// The absolute URI of a request.
    fn locate(&self, base: &BaseUrl, relative: Uri) -> Result<Uri> {
        base.join(relative)
    }
}

/// A request, and the meaning of its reply.
pub(super) trait Exchange: AnyRequest {
    type Reply: Send + Sync;

    /// Reads a reply of any status.
    fn decode(&self, reply: Response<Bytes>) -> Result<Self::Reply>;
}

/// Reads a reply of any status, and keeps that of a success.
pub(super) type ReadReply<'a> = dyn FnMut(Response<Bytes>) -> Result<()> + Send + Sync + 'a;

/// A call of an operation.
pub(super) struct OperationCall<O>(pub(super) O);

impl<O: Operation> AnyRequest for OperationCall<O> {
    fn info(&self) -> &OperationInfo {
        O::INFO
    }

    fn subjects(&self) -> Vec<Subject> {
        self.0.subjects()
    }

    fn encode(&self) -> Result<Request<Bytes>> {
        self.0.to_http()
    }
}

impl<O: Operation> Exchange for OperationCall<O> {
    type Reply = O::Reply;

    fn decode(&self, reply: Response<Bytes>) -> Result<O::Reply> {
        O::reply_from_http(reply)
    }
}

/// A call of an operation whose reply keeps its head.
pub(super) struct CallWithResponse<O>(pub(super) OperationCall<O>);

impl<O: Operation> AnyRequest for CallWithResponse<O> {
    fn info(&self) -> &OperationInfo {
        self.0.info()
    }

    fn subjects(&self) -> Vec<Subject> {
        self.0.subjects()
    }

    fn encode(&self) -> Result<Request<Bytes>> {
        self.0.encode()
    }
}

impl<O: Operation> Exchange for CallWithResponse<O> {
    type Reply = Response<O::Reply>;

    fn decode(&self, reply: Response<Bytes>) -> Result<Response<O::Reply>> {
        let (head, body) = reply.into_parts();
        let (status, headers) = (head.status, head.headers.clone());
        let reply = self.0.decode(Response::from_parts(head, body))?;
        let mut response = Response::new(reply);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

/// Id of raw calls in spans, reports and errors.
const RAW: &str = "raw";

/// A request that is no operation of this version.
pub(super) struct RawCall {
    request: Request<Bytes>,
    info: OperationInfo,
}

impl RawCall {
    /// Adds the headers that are missing. `has_key`: whether the caller chose an idempotency key.
    pub(super) fn new(mut request: Request<Bytes>, has_key: bool) -> Self {
        const JSON: HeaderValue = HeaderValue::from_static("application/json");
        let has_body = !request.body().is_empty();
        let headers = request.headers_mut();
        headers.entry(ACCEPT).or_insert(JSON);
        if has_body {
            headers.entry(CONTENT_TYPE).or_insert(JSON);
        }
        if let Some(key) = headers.get_mut(AUTHORIZATION) {
            key.set_sensitive(true);
        }
        let has_key = has_key || headers.contains_key(IDEMPOTENCY_KEY);
        let info = OperationInfo::new(RAW, request.method().clone(), "")
            .has_body(has_body)
            .auth(&[AuthScheme::ApiKey, AuthScheme::Signature])
            .retry(retry_safety(request.method()))
            .idempotency_key(has_key);
        Self { request, info }
    }
}

/// What HTTP says of a method.
fn retry_safety(method: &Method) -> RetrySafety {
    match *method {
        Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE => RetrySafety::ReadOnly,
        Method::PUT | Method::DELETE => RetrySafety::Idempotent,
        _ => RetrySafety::Unsafe,
    }
}

impl AnyRequest for RawCall {
    fn info(&self) -> &OperationInfo {
        &self.info
    }

    fn subjects(&self) -> Vec<Subject> {
        Vec::new()
    }

    fn encode(&self) -> Result<Request<Bytes>> {
        Ok(self.request.clone())
    }

    fn locate(&self, base: &BaseUrl, relative: Uri) -> Result<Uri> {
        base.join_raw(relative)
    }
}

impl Exchange for RawCall {
    type Reply = Response<Bytes>;

    fn decode(&self, reply: Response<Bytes>) -> Result<Response<Bytes>> {
        if reply.status() < StatusCode::BAD_REQUEST {
            return Ok(reply);
        }
        let (head, body) = reply.into_parts();
        let refusal = Error::from(ApiError::from_response(head.status, body)).into_builder();
        Err(refusal.operation(RAW).headers(head.headers).build())
    }
}
