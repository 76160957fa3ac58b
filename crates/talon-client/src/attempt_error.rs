//! Classifies the errors of attempts.

use std::error::Error as _;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use talon_core::operation::Conflict;
use talon_core::{Error, ErrorKind, OperationInfo};

use crate::retry::AttemptOutcome;
use crate::{TransportError, TransportErrorKind};

/// Error of an attempt.
#[derive(Debug)]
pub(crate) struct AttemptError {
    /// The error of the call if there is no further attempt.
    pub(crate) error: Error,
    /// Input of the retry decision.
    pub(crate) outcome: AttemptOutcome,
    /// Whether the service may have applied the request.
    pub(crate) may_be_applied: bool,
}

impl AttemptError {
    /// The transport returned no reply.
    pub(crate) fn from_transport(info: &OperationInfo, error: TransportError) -> Self {
        let (kind, outcome, message) = match error.kind() {
            TransportErrorKind::Connect => (
                ErrorKind::Connect,
                AttemptOutcome::NotSent,
                "was not sent: there is no connection to the service",
            ),
            TransportErrorKind::Unprocessed => (
                ErrorKind::Unprocessed,
                AttemptOutcome::Unprocessed,
                "was not processed: the service refused it before it began with it",
            ),
            TransportErrorKind::Timeout => {
                (ErrorKind::Timeout, AttemptOutcome::Unknown, "got no reply in time")
            }
            TransportErrorKind::Decode => {
                (ErrorKind::Decode, AttemptOutcome::Unknown, "got a reply that cannot be read")
            }
            // When nothing is known, the request may have been applied.
            TransportErrorKind::Interrupted | TransportErrorKind::Other => (
                ErrorKind::Interrupted,
                AttemptOutcome::Unknown,
                "got no reply: the connection was lost",
            ),
        };
        let error = Error::builder(kind, message).source(error).operation(info.id).build();
        Self { error, outcome, may_be_applied: outcome == AttemptOutcome::Unknown }
    }

    /// The runtime lacks I/O: a retry would fail in the same way.
    pub(crate) fn from_runtime(info: &OperationInfo, error: Error) -> Self {
        Self {
            error: error.into_builder().operation(info.id).build(),
            outcome: AttemptOutcome::Final,
            may_be_applied: false,
        }
    }

    /// The reply is not a success; `retry_after` is the value of its header.
    pub(crate) fn from_reply(
        info: &OperationInfo,
        error: Error,
        retry_after: Option<Duration>,
    ) -> Self {
        let outcome = match error.status() {
            Some(status) => outcome_of_status(info, status, retry_after),
            None if is_malformed(&error) => AttemptOutcome::Unknown,
            None => AttemptOutcome::Final,
        };
        let may_be_applied = outcome == AttemptOutcome::Unknown || error.is_decode();
        Self { error, outcome, may_be_applied }
    }
}

fn outcome_of_status(
    info: &OperationInfo,
    status: StatusCode,
    retry_after: Option<Duration>,
) -> AttemptOutcome {
    match status {
        StatusCode::TOO_MANY_REQUESTS => AttemptOutcome::Busy { retry_after },
        StatusCode::CONFLICT if info.conflict == Conflict::Parallel => {
            AttemptOutcome::Busy { retry_after }
        }
        // A service that says when to retry has not processed the request.
        StatusCode::SERVICE_UNAVAILABLE if retry_after.is_some() => {
            AttemptOutcome::Busy { retry_after }
        }
        // Errors of the service or a proxy while it processed the request.
        StatusCode::INTERNAL_SERVER_ERROR
        | StatusCode::BAD_GATEWAY
        | StatusCode::SERVICE_UNAVAILABLE
        | StatusCode::GATEWAY_TIMEOUT => AttemptOutcome::Unknown,
        _ => AttemptOutcome::Final,
    }
}

/// Whether the body is empty or not JSON, so damaged on the way. A JSON body of another shape was
/// sent that way, and a retry would get it again.
fn is_malformed(error: &Error) -> bool {
    let is_empty = error.body().is_some_and(Bytes::is_empty);
    let json_error = error.source().and_then(|cause| cause.downcast_ref::<serde_json::Error>());
    json_error.is_some_and(|json_error| is_empty || !json_error.is_data())
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
    fn only_known_errors_mean_not_applied() {
        use TransportErrorKind::{Connect, Decode, Interrupted, Other, Timeout, Unprocessed};
        for (transport, kind, outcome) in [
            (Connect, ErrorKind::Connect, AttemptOutcome::NotSent),
            (Unprocessed, ErrorKind::Unprocessed, AttemptOutcome::Unprocessed),
            (Timeout, ErrorKind::Timeout, AttemptOutcome::Unknown),
            (Interrupted, ErrorKind::Interrupted, AttemptOutcome::Unknown),
            (Decode, ErrorKind::Decode, AttemptOutcome::Unknown),
            (Other, ErrorKind::Interrupted, AttemptOutcome::Unknown),
        ] {
            let cause = TransportError::new(transport, "cause");

            let error = AttemptError::from_transport(TrackEvent::INFO, cause);

            assert_eq!((error.error.kind(), error.outcome), (kind, outcome), "{transport:?}");
            let is_known = matches!(transport, Connect | Unprocessed);
            assert_eq!(error.may_be_applied, !is_known, "{transport:?}");
            assert_eq!(error.error.operation(), Some("trackEvent"));
        }
    }

    #[test]
    fn statuses_decide_whether_a_retry_helps() {
        const SOON: Option<Duration> = Some(Duration::from_secs(1));
        const BUSY: AttemptOutcome = AttemptOutcome::Busy { retry_after: None };
        const BUSY_SOON: AttemptOutcome = AttemptOutcome::Busy { retry_after: SOON };
        for (status, retry_after, outcome, may_be_applied) in [
            (400, None, AttemptOutcome::Final, false),
            (401, SOON, AttemptOutcome::Final, false),
            (404, None, AttemptOutcome::Final, false),
            (409, None, BUSY, false),
            (409, SOON, BUSY_SOON, false),
            (429, None, BUSY, false),
            (429, SOON, BUSY_SOON, false),
            (501, None, AttemptOutcome::Final, false),
            (503, SOON, BUSY_SOON, false),
            (503, None, AttemptOutcome::Unknown, true),
            (500, SOON, AttemptOutcome::Unknown, true),
            (502, None, AttemptOutcome::Unknown, true),
            (504, None, AttemptOutcome::Unknown, true),
        ] {
            let refusal = ApiError::new(StatusCode::from_u16(status).unwrap(), "no");

            let error = AttemptError::from_reply(
                UpdateCustomerSessionV2::INFO,
                refusal.into(),
                retry_after,
            );

            assert_eq!(
                (error.outcome, error.may_be_applied),
                (outcome, may_be_applied),
                "{status}"
            );
        }
    }

    #[test]
    fn a_conflict_of_another_meaning_is_final() {
        let refusal = ApiError::new(StatusCode::CONFLICT, "exists");

        let error = AttemptError::from_reply(CreateCouponReservation::INFO, refusal.into(), None);

        assert_eq!(error.outcome, AttemptOutcome::Final);
    }

    #[test]
    fn a_damaged_reply_is_retried_and_one_of_another_shape_is_not() {
        for (status, body, outcome) in [
            (200, "", AttemptOutcome::Unknown),
            (200, "<html>", AttemptOutcome::Unknown),
            (200, r#"{"profile":{"#, AttemptOutcome::Unknown),
            (200, r#"{"referrals":7}"#, AttemptOutcome::Final),
            (302, "", AttemptOutcome::Final),
            (204, "", AttemptOutcome::Final),
        ] {
            let mut reply = Response::new(Bytes::from_static(body.as_bytes()));
            *reply.status_mut() = StatusCode::from_u16(status).unwrap();
            let Err(error) = GetCustomerInventory::reply_from_http(reply) else {
                panic!("{status} {body} is no success");
            };

            let error = AttemptError::from_reply(GetCustomerInventory::INFO, error, None);

            assert_eq!((error.outcome, error.may_be_applied), (outcome, true), "{status} {body}");
        }
    }
}
