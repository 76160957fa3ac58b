//! A transport that keeps what it is asked to send.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use talon_client::{Client, ClientConfig, Transport, TransportError, TransportErrorKind};

pub(crate) const BASE: &str = "https://demo.talon.one/gate/";
pub(crate) const KEY: &str = "fefecafedeadbeef";

/// What a [`Recorder`] does with every request.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Answer {
    Reply(u16, &'static str),
    Fail(TransportErrorKind),
    Never,
}

#[derive(Clone, Debug)]
pub(crate) struct Recorder {
    answer: Answer,
    requests: Arc<Mutex<Vec<Request<Bytes>>>>,
}

impl Recorder {
    pub(crate) fn new(answer: Answer) -> Self {
        Self { answer, requests: Arc::default() }
    }

    /// A client with an API key over a recorder.
    pub(crate) fn client(answer: Answer) -> Client<Self> {
        let config = ClientConfig::new(BASE).api_key(KEY);
        Client::new(config, Self::new(answer)).expect("a fit configuration")
    }

    pub(crate) fn requests(&self) -> Vec<Request<Bytes>> {
        self.requests.lock().expect("no test panics with the lock").clone()
    }

    /// The only request there was.
    pub(crate) fn request(&self) -> Request<Bytes> {
        let requests = self.requests();
        assert_eq!(requests.len(), 1);
        requests.into_iter().next().expect("one request")
    }
}

#[talon_core::async_trait]
impl Transport for Recorder {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        self.requests.lock().expect("no test panics with the lock").push(request);
        match self.answer {
            Answer::Reply(status, body) => {
                let mut response = Response::new(Bytes::from_static(body.as_bytes()));
                *response.status_mut() = StatusCode::from_u16(status).expect("a status");
                Ok(response)
            }
            Answer::Fail(kind) => Err(TransportError::new(kind, "cause")),
            Answer::Never => std::future::pending().await,
        }
    }
}
