//! Faults: what can go wrong between a caller and the service.

use std::fmt;
use std::time::Duration;

use http::StatusCode;
use serde::{Deserialize, Serialize};
use talon_core::ApiError;

use super::JsonDuration;

mod effect;
mod plan;
mod refusal_json;
mod rule;
mod schedule;

pub(crate) use effect::parallel_requests;
pub(crate) use plan::FaultPlan;
pub(crate) use rule::FaultRule;
pub use rule::FaultUsage;

/// A fault to inject into a call, with [`Fake::faults`](crate::Fake::faults).
///
/// A call in process fails with the error that a client would report over HTTP. On a call over HTTP
/// the fault itself happens: the connection is closed, the body ends in the middle.
///
/// | fault | is the change applied? | in process | served |
/// |---|---|---|---|
/// | [`status`](Self::status), [`api_error`](Self::api_error), [`too_many_requests`](Self::too_many_requests), [`conflict`](Self::conflict) | no | `Api` | that reply |
/// | [`delay`](Self::delay) | yes | the reply, later | the reply, later |
/// | [`drop_connection`](Self::drop_connection) | no | `Interrupted` | closed without a reply |
/// | [`lose_reply`](Self::lose_reply) | yes | `Interrupted` | closed without a reply |
/// | [`truncated_body`](Self::truncated_body) | yes | `Interrupted` | closed in the middle of the body |
/// | [`garbled_body`](Self::garbled_body) | yes | `Decode` | a body that is no JSON |
///
/// A caller cannot tell `drop_connection` from `lose_reply`, so the latter finds code that charges
/// twice.
///
/// ```
/// use talon_core::prelude::*;
/// use talon_fake::{Fake, Fault, World};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let talon = Fake::new(World::new())?;
/// talon.faults().next::<UpdateCustomerProfileV2>(Fault::lose_reply());
///
/// let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
/// let error = talon.update_customer_profile_v2(request).await.unwrap_err();
///
/// assert!(error.may_have_been_applied());
/// assert!(talon.profile("anna").is_some(), "the change was applied");
/// talon.faults().assert_used();
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Fault(Kind);

/// The kinds of faults; their names in JSON are those of the constructors, in camel case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "FaultKind"))]
#[serde(rename_all = "camelCase")]
enum Kind {
    Status(
        #[serde(with = "refusal_json::status")]
        #[cfg_attr(feature = "schema", schemars(with = "u16"))]
        StatusCode,
    ),
    ApiError(
        #[serde(with = "refusal_json")]
        #[cfg_attr(
            feature = "schema",
            schemars(with = "std::collections::BTreeMap<String, serde_json::Value>")
        )]
        ApiError,
    ),
    TooManyRequests(JsonDuration),
    Conflict,
    Delay(JsonDuration),
    DropConnection,
    LoseReply,
    TruncatedBody,
    GarbledBody,
}

impl Fault {
    /// A refusal with this status, and the reason phrase of the status as its message.
    ///
    /// # Panics
    /// When `status` is below 400 or above 599.
    pub fn status(status: u16) -> Self {
        Self(Kind::Status(refusal_json::error_status(status).expect("a status from 400 to 599")))
    }

    /// A refusal.
    pub fn api_error(refusal: ApiError) -> Self {
        Self(Kind::ApiError(refusal))
    }

    /// A 429. Over HTTP it has the header `Retry-After`, with `retry_after` rounded up to seconds.
    pub fn too_many_requests(retry_after: Duration) -> Self {
        Self(Kind::TooManyRequests(JsonDuration(retry_after)))
    }

    /// The 409 of too many parallel requests.
    pub fn conflict() -> Self {
        Self(Kind::Conflict)
    }

    /// A late reply: the call is executed at once and its reply is delayed.
    ///
    /// A caller that stops waiting has changed the service nonetheless. The delay is measured by
    /// tokio's clock, so a test with a paused clock does not wait. A call in process must run on a
    /// tokio runtime with time enabled as well.
    pub fn delay(by: Duration) -> Self {
        Self(Kind::Delay(JsonDuration(by)))
    }

    /// A connection that breaks before the request reaches the service.
    pub fn drop_connection() -> Self {
        Self(Kind::DropConnection)
    }

    /// A lost reply: the service executes the request, and the connection breaks before the reply.
    pub fn lose_reply() -> Self {
        Self(Kind::LoseReply)
    }

    /// A truncated reply: the service executes the request, and the connection breaks in the middle
    /// of the reply.
    pub fn truncated_body() -> Self {
        Self(Kind::TruncatedBody)
    }

    /// A garbled reply: the service executes the request, and the body of its reply is no JSON.
    pub fn garbled_body() -> Self {
        Self(Kind::GarbledBody)
    }

    /// Whether the service executes the request.
    pub fn applies_change(&self) -> bool {
        !self.is_refusal() && self.0 != Kind::DropConnection
    }

    /// Whether the caller gets the reply of the service, at once or late.
    pub fn delivers_reply(&self) -> bool {
        matches!(self.0, Kind::Delay(_))
    }
}

/// Name of the constructor, with the status if it has one.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Status(status) => write!(f, "status {}", status.as_u16()),
            Kind::ApiError(refusal) => write!(f, "api_error {}", refusal.status().as_u16()),
            Kind::TooManyRequests(_) => f.write_str("too_many_requests"),
            Kind::Conflict => f.write_str("conflict"),
            Kind::Delay(by) => write!(f, "delay of {:?}", by.0),
            Kind::DropConnection => f.write_str("drop_connection"),
            Kind::LoseReply => f.write_str("lose_reply"),
            Kind::TruncatedBody => f.write_str("truncated_body"),
            Kind::GarbledBody => f.write_str("garbled_body"),
        }
    }
}
