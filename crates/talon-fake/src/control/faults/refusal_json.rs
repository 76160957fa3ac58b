//! Refusals in JSON: `{"status": 400, "message": "…", "errors": […]}`.

use http::StatusCode;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use talon_core::{ApiError, Problem};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Refusal {
    status: u16,
    #[serde(default)]
    message: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Problem>,
}

/// The status, if it is from 400 to 599.
pub(super) fn error_status(status: u16) -> Option<StatusCode> {
    let status = StatusCode::from_u16(status).ok()?;
    (status.is_client_error() || status.is_server_error()).then_some(status)
}

fn parse_status<E: de::Error>(status: u16) -> Result<StatusCode, E> {
    let no_error = || E::custom(format_args!("{status} is no status from 400 to 599"));
    error_status(status).ok_or_else(no_error)
}

pub(super) fn serialize<S: Serializer>(refusal: &ApiError, to: S) -> Result<S::Ok, S::Error> {
    let refusal = Refusal {
        status: refusal.status().as_u16(),
        message: refusal.message().to_owned(),
        errors: refusal.problems().to_vec(),
    };
    refusal.serialize(to)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<ApiError, D::Error> {
    let Refusal { status, message, errors } = Refusal::deserialize(from)?;
    Ok(ApiError::with_problems(parse_status(status)?, message, errors))
}

/// The status alone, as a number.
pub(super) mod status {
    use super::{Deserialize, Deserializer, Serializer, StatusCode};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
    pub(in crate::control::faults) fn serialize<S: Serializer>(
        status: &StatusCode,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.serialize_u16(status.as_u16())
    }

    pub(in crate::control::faults) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<StatusCode, D::Error> {
        super::parse_status(u16::deserialize(from)?)
    }
}
