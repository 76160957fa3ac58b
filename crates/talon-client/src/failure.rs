//! What a failed attempt means to the caller.

use http::StatusCode;
use talon_core::operation::RetrySafety;
use talon_core::{Error, ErrorKind, OperationInfo};

use crate::{TransportError, TransportErrorKind};

/// How often a request is sent.
const ATTEMPTS: u32 = 1;

/// The error of a call that got no reply.
pub(crate) fn of_transport(info: &'static OperationInfo, error: TransportError) -> Error {
    let (kind, message) = match error.kind() {
        TransportErrorKind::Connect => {
            (ErrorKind::Connect, "was not sent: there is no connection to the service")
        }
        TransportErrorKind::Timeout => (ErrorKind::Timeout, "got no reply in time"),
        TransportErrorKind::Decode => (ErrorKind::Decode, "got a reply that cannot be read"),
        // Where nothing is known, the worst is assumed.
        TransportErrorKind::Interrupted | TransportErrorKind::Other => {
            (ErrorKind::Interrupted, "got no reply: the connection was lost")
        }
    };
    of_reply(info, Error::new(kind, message).caused_by(error))
}

/// The error of a call after the request was sent.
pub(crate) fn of_reply(info: &'static OperationInfo, error: Error) -> Error {
    let maybe_applied = info.retry != RetrySafety::ReadOnly && leaves_open(&error);
    let error = error.during(info.id).after_attempts(ATTEMPTS);
    if maybe_applied { error.maybe_applied() } else { error }
}

/// Whether the error does not tell if the service did what was asked.
fn leaves_open(error: &Error) -> bool {
    match error.kind() {
        ErrorKind::Timeout | ErrorKind::Interrupted | ErrorKind::Decode => true,
        // A service that broke down on the way, and proxies that lost sight of it.
        ErrorKind::Api => matches!(
            error.status(),
            Some(
                StatusCode::INTERNAL_SERVER_ERROR
                    | StatusCode::BAD_GATEWAY
                    | StatusCode::GATEWAY_TIMEOUT
            )
        ),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use talon_core::operations::{GetCustomerInventory, TrackEvent};
    use talon_core::{ApiError, Operation};

    use super::*;

    fn of_kind(info: &'static OperationInfo, kind: TransportErrorKind) -> Error {
        of_transport(info, TransportError::new(kind, "cause"))
    }

    #[test]
    fn only_a_missing_connection_means_not_applied() {
        use TransportErrorKind::{Connect, Decode, Interrupted, Other, Timeout};
        for (transport, kind, applied) in [
            (Connect, ErrorKind::Connect, false),
            (Timeout, ErrorKind::Timeout, true),
            (Interrupted, ErrorKind::Interrupted, true),
            (Decode, ErrorKind::Decode, true),
            (Other, ErrorKind::Interrupted, true),
        ] {
            let error = of_kind(TrackEvent::INFO, transport);

            assert_eq!(error.kind(), kind);
            assert_eq!(error.may_have_been_applied(), applied, "{transport:?}");
            assert_eq!((error.operation(), error.attempts()), (Some("trackEvent"), 1));
        }
    }

    #[test]
    fn reading_applies_nothing() {
        let error = of_kind(GetCustomerInventory::INFO, TransportErrorKind::Timeout);

        assert!(!error.may_have_been_applied());
    }

    #[test]
    fn a_refusal_applies_nothing_unless_the_service_broke_down() {
        for (status, applied) in [
            (400, false),
            (409, false),
            (501, false),
            (503, false),
            (500, true),
            (502, true),
            (504, true),
        ] {
            let refusal = ApiError::new(StatusCode::from_u16(status).unwrap(), "no");

            let error = of_reply(TrackEvent::INFO, refusal.into());

            assert_eq!(error.may_have_been_applied(), applied, "{status}");
        }
    }
}
