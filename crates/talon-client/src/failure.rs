//! What a failed attempt means.

use std::error::Error as _;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use talon_core::operation::Conflict;
use talon_core::{Error, ErrorKind, OperationInfo};

use crate::retry::Outcome;
use crate::{TransportError, TransportErrorKind};

/// A failed attempt.
#[derive(Debug)]
pub(crate) struct Failure {
    /// What the caller is told if there is no further attempt.
    pub(crate) error: Error,
    /// What it means for a further attempt.
    pub(crate) outcome: Outcome,
    /// Whether the service may have done what was asked.
    pub(crate) leaves_open: bool,
}

impl Failure {
    /// There was no reply.
    pub(crate) fn of_transport(info: &'static OperationInfo, error: TransportError) -> Self {
        let (kind, outcome, message) = match error.kind() {
            TransportErrorKind::Connect => (
                ErrorKind::Connect,
                Outcome::NotSent,
                "was not sent: there is no connection to the service",
            ),
            TransportErrorKind::Unprocessed => (
                ErrorKind::Unprocessed,
                Outcome::Unprocessed,
                "was not processed: the service refused it before it began with it",
            ),
            TransportErrorKind::Timeout => {
                (ErrorKind::Timeout, Outcome::Unknown, "got no reply in time")
            }
            TransportErrorKind::Decode => {
                (ErrorKind::Decode, Outcome::Unknown, "got a reply that cannot be read")
            }
            // Where nothing is known, the worst is assumed.
            TransportErrorKind::Interrupted | TransportErrorKind::Other => {
                (ErrorKind::Interrupted, Outcome::Unknown, "got no reply: the connection was lost")
            }
        };
        let error = Error::builder(kind, message).source(error).operation(info.id).build();
        Self { error, outcome, leaves_open: outcome == Outcome::Unknown }
    }

    /// Nothing could be sent from here, and will not be by trying again.
    pub(crate) fn of_runtime(info: &'static OperationInfo, error: Error) -> Self {
        Self {
            error: error.into_builder().operation(info.id).build(),
            outcome: Outcome::Final,
            leaves_open: false,
        }
    }

    /// There was a reply that is no success; `retry_after` is what its header says.
    pub(crate) fn of_reply(
        info: &'static OperationInfo,
        error: Error,
        retry_after: Option<Duration>,
    ) -> Self {
        let outcome = match error.status() {
            Some(status) => of_status(info, status, retry_after),
            None if is_garbled(&error) => Outcome::Unknown,
            None => Outcome::Final,
        };
        let leaves_open = outcome == Outcome::Unknown || error.is_decode();
        Self { error, outcome, leaves_open }
    }
}

fn of_status(info: &OperationInfo, status: StatusCode, retry_after: Option<Duration>) -> Outcome {
    match status {
        StatusCode::TOO_MANY_REQUESTS => Outcome::Busy { retry_after },
        StatusCode::CONFLICT if info.conflict == Conflict::Parallel => {
            Outcome::Busy { retry_after }
        }
        // Who says when to come back has not begun.
        StatusCode::SERVICE_UNAVAILABLE if retry_after.is_some() => Outcome::Busy { retry_after },
        // A service that broke down on the way, and proxies that lost sight of it.
        StatusCode::INTERNAL_SERVER_ERROR
        | StatusCode::BAD_GATEWAY
        | StatusCode::SERVICE_UNAVAILABLE
        | StatusCode::GATEWAY_TIMEOUT => Outcome::Unknown,
        _ => Outcome::Final,
    }
}

/// Whether the reply was damaged: nothing, or no JSON. One that is JSON and does not fit was meant.
fn is_garbled(error: &Error) -> bool {
    let is_empty = error.body().is_some_and(Bytes::is_empty);
    let misread = error.source().and_then(|cause| cause.downcast_ref::<serde_json::Error>());
    misread.is_some_and(|misread| is_empty || !misread.is_data())
}

#[cfg(test)]
mod tests {
    use http::Response;
    use talon_core::operations::{
        CreateCouponReservation, GetCustomerInventory, TrackEvent, UpdateCustomerSessionV2,
    };
    use talon_core::{ApiError, Operation};

    use super::*;

    #[test]
    fn only_what_is_known_means_that_nothing_happened() {
        use TransportErrorKind::{Connect, Decode, Interrupted, Other, Timeout, Unprocessed};
        for (transport, kind, outcome) in [
            (Connect, ErrorKind::Connect, Outcome::NotSent),
            (Unprocessed, ErrorKind::Unprocessed, Outcome::Unprocessed),
            (Timeout, ErrorKind::Timeout, Outcome::Unknown),
            (Interrupted, ErrorKind::Interrupted, Outcome::Unknown),
            (Decode, ErrorKind::Decode, Outcome::Unknown),
            (Other, ErrorKind::Interrupted, Outcome::Unknown),
        ] {
            let cause = TransportError::new(transport, "cause");

            let failure = Failure::of_transport(TrackEvent::INFO, cause);

            assert_eq!((failure.error.kind(), failure.outcome), (kind, outcome), "{transport:?}");
            let is_known = matches!(transport, Connect | Unprocessed);
            assert_eq!(failure.leaves_open, !is_known, "{transport:?}");
            assert_eq!(failure.error.operation(), Some("trackEvent"));
        }
    }

    #[test]
    fn statuses_say_what_a_repeat_is_worth() {
        const SOON: Option<Duration> = Some(Duration::from_secs(1));
        const BUSY: Outcome = Outcome::Busy { retry_after: None };
        const BUSY_SOON: Outcome = Outcome::Busy { retry_after: SOON };
        for (status, retry_after, outcome, leaves_open) in [
            (400, None, Outcome::Final, false),
            (401, SOON, Outcome::Final, false),
            (404, None, Outcome::Final, false),
            (409, None, BUSY, false),
            (409, SOON, BUSY_SOON, false),
            (429, None, BUSY, false),
            (429, SOON, BUSY_SOON, false),
            (501, None, Outcome::Final, false),
            (503, SOON, BUSY_SOON, false),
            (503, None, Outcome::Unknown, true),
            (500, SOON, Outcome::Unknown, true),
            (502, None, Outcome::Unknown, true),
            (504, None, Outcome::Unknown, true),
        ] {
            let refusal = ApiError::new(StatusCode::from_u16(status).unwrap(), "no");

            let failure =
                Failure::of_reply(UpdateCustomerSessionV2::INFO, refusal.into(), retry_after);

            assert_eq!((failure.outcome, failure.leaves_open), (outcome, leaves_open), "{status}");
        }
    }

    #[test]
    fn a_conflict_of_another_meaning_is_final() {
        let refusal = ApiError::new(StatusCode::CONFLICT, "exists");

        let failure = Failure::of_reply(CreateCouponReservation::INFO, refusal.into(), None);

        assert_eq!(failure.outcome, Outcome::Final);
    }

    #[test]
    fn a_damaged_reply_is_worth_a_repeat_and_one_that_does_not_fit_is_not() {
        for (status, body, outcome) in [
            (200, "", Outcome::Unknown),
            (200, "<html>", Outcome::Unknown),
            (200, r#"{"profile":{"#, Outcome::Unknown),
            (200, r#"{"referrals":7}"#, Outcome::Final),
            (302, "", Outcome::Final),
            (204, "", Outcome::Final),
        ] {
            let mut reply = Response::new(Bytes::from_static(body.as_bytes()));
            *reply.status_mut() = StatusCode::from_u16(status).unwrap();
            let Err(error) = GetCustomerInventory::reply_from_http(reply) else {
                panic!("{status} {body} is no success");
            };

            let failure = Failure::of_reply(GetCustomerInventory::INFO, error, None);

            assert_eq!((failure.outcome, failure.leaves_open), (outcome, true), "{status} {body}");
        }
    }
}
