//! Errors on their way through layers.

use std::error::Error;
use std::fmt;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use talon_client::{Transport, TransportError, TransportErrorKind};
use talon_tower::{BoxError, TowerTransport};

/// What a layer makes of an error below it.
#[derive(Debug)]
struct Wrapped(TransportError);

impl fmt::Display for Wrapped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a layer failed")
    }
}

impl Error for Wrapped {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

/// The kind that the transport above sees when the service fails with `error`.
async fn kind_of(error: fn() -> BoxError) -> TransportErrorKind {
    let service = tower::service_fn(move |_: Request<Full<Bytes>>| async move {
        Err::<Response<Full<Bytes>>, _>(error())
    });
    let sent = TowerTransport::new(service).send(Request::new(Bytes::new())).await;
    sent.expect_err("it fails").kind()
}

#[tokio::test]
async fn what_a_transport_said_is_kept() {
    assert_eq!(kind_of(|| TransportError::connect("no").into()).await, TransportErrorKind::Connect);
    assert_eq!(
        kind_of(|| Wrapped(TransportError::connect("no")).into()).await,
        TransportErrorKind::Connect,
    );
}

#[tokio::test]
async fn what_nobody_knows_may_have_been_sent() {
    assert_eq!(kind_of(|| "no idea".into()).await, TransportErrorKind::Other);
}
