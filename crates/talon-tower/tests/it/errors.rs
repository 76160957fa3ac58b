//! Classification of errors of layers.

use std::error::Error;
use std::fmt;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use talon_client::{Transport, TransportError, TransportErrorKind};
use talon_tower::{BoxError, TowerTransport};

/// An error of a layer, caused by the transport.
#[derive(Debug)]
struct LayerError(TransportError);

impl fmt::Display for LayerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a layer failed")
    }
}

impl Error for LayerError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

/// Kind of the transport's error when the service fails with `error`.
async fn kind_of(error: fn() -> BoxError) -> TransportErrorKind {
    let service = tower::service_fn(move |_: Request<Full<Bytes>>| async move {
        Err::<Response<Full<Bytes>>, _>(error())
    });
    let sent = TowerTransport::new(service).send(Request::new(Bytes::new())).await;
    sent.expect_err("it fails").kind()
}

#[tokio::test]
async fn the_kind_of_a_transport_error_is_kept() {
    assert_eq!(kind_of(|| TransportError::connect("no").into()).await, TransportErrorKind::Connect);
    assert_eq!(
        kind_of(|| LayerError(TransportError::connect("no")).into()).await,
        TransportErrorKind::Connect,
    );
}

#[tokio::test]
async fn an_unknown_error_may_have_been_applied() {
    assert_eq!(kind_of(|| "unknown".into()).await, TransportErrorKind::Other);
}
