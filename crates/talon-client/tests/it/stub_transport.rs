//! A transport that records the requests.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use talon_client::{Client, ClientConfig, Transport, TransportError, TransportErrorKind};

pub(crate) const BASE: &str = "https://demo.talon.one/gate/";
pub(crate) const KEY: &str = "fefecafedeadbeef";

/// What a [`StubTransport`] does with a request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum StubReply {
    Reply(u16, &'static str),
    /// An empty reply of this status with this `Retry-After`.
    RetryAfter(u16, &'static str),
    /// A reply with this status, this header and this body.
    With(u16, (&'static str, &'static str), &'static str),
    Fail(TransportErrorKind),
    Never,
}

#[derive(Clone, Debug)]
pub(crate) struct StubTransport {
    replies: Arc<[StubReply]>,
    requests: Arc<Mutex<Vec<Request<Bytes>>>>,
}

impl StubTransport {
    pub(crate) fn new(reply: StubReply) -> Self {
        Self::script(&[reply])
    }

    /// Gives one reply after another, and the last one for ever.
    pub(crate) fn script(replies: &[StubReply]) -> Self {
        Self { replies: replies.into(), requests: Arc::default() }
    }

    /// A client with an API key over a recorder.
    pub(crate) fn client(reply: StubReply) -> Client<Self> {
        let config = ClientConfig::new(BASE).api_key(KEY);
        Client::new(config, Self::new(reply)).expect("a valid configuration")
    }

    pub(crate) fn requests(&self) -> Vec<Request<Bytes>> {
        self.requests.lock().expect("no test panics with the lock").clone()
    }

    /// Keeps `request` and returns its reply.
    fn keep(&self, request: Request<Bytes>) -> StubReply {
        let mut requests = self.requests.lock().expect("no test panics with the lock");
        let reply = self.replies[requests.len().min(self.replies.len() - 1)];
        requests.push(request);
        reply
    }

    /// The only request there was.
    pub(crate) fn request(&self) -> Request<Bytes> {
        let requests = self.requests();
        assert_eq!(requests.len(), 1);
        requests.into_iter().next().expect("one request")
    }
}

#[talon_core::async_trait]
impl Transport for StubTransport {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        match self.keep(request) {
            StubReply::Reply(status, body) => Ok(reply(status, body)),
            StubReply::RetryAfter(status, wait) => {
                let mut reply = reply(status, "");
                reply.headers_mut().insert("retry-after", wait.parse().expect("a header"));
                Ok(reply)
            }
            StubReply::With(status, (name, value), body) => {
                let mut reply = reply(status, body);
                reply.headers_mut().insert(name, value.parse().expect("a header"));
                Ok(reply)
            }
            StubReply::Fail(kind) => Err(TransportError::new(kind, "cause")),
            StubReply::Never => std::future::pending().await,
        }
    }
}

fn reply(status: u16, body: &'static str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from_static(body.as_bytes()));
    *response.status_mut() = StatusCode::from_u16(status).expect("a status");
    response
}
