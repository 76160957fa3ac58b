//! What can go wrong between a caller and the service.

use std::fmt;
use std::time::Duration;

use http::StatusCode;
use serde::{Deserialize, Serialize};
use talon_core::ApiError;

mod befall;
mod faults;
mod plan;
mod refusal;
mod schedule;
mod span;

pub use faults::{AnyOperation, Faults, Planned};
pub use plan::PlannedFault;
pub(crate) use plan::Script;
pub(crate) use span::Span;

/// Something that goes wrong with a call; planned with [`Fake::faults`](crate::Fake::faults).
///
/// In process a call fails with the error that a client would report over the wire. Served, the
/// real thing happens: the connection is closed, the body ends in the middle.
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
/// Whoever calls cannot tell `drop_connection` from `lose_reply`: that is what makes the latter
/// find double charging.
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
/// assert!(talon.profile("anna").is_some(), "it was, although nobody heard of it");
/// talon.faults().assert_used();
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fault(Kind);

/// The words of the constructors, in JSON too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Status(#[serde(with = "refusal::status")] StatusCode),
    ApiError(#[serde(with = "refusal")] ApiError),
    TooManyRequests(Span),
    Conflict,
    Delay(Span),
    DropConnection,
    LoseReply,
    TruncatedBody,
    GarbledBody,
}

impl Fault {
    /// A refusal with this status and the status's own name for a message.
    ///
    /// # Panics
    /// When `status` is no error: below 400 or above 599.
    pub fn status(status: u16) -> Self {
        Self(Kind::Status(refusal::checked(status).expect("a status from 400 to 599")))
    }

    /// This refusal.
    pub fn api_error(refusal: ApiError) -> Self {
        Self(Kind::ApiError(refusal))
    }

    /// A 429 that asks to wait for so long; served, in whole seconds in `Retry-After`.
    pub fn too_many_requests(retry_after: Duration) -> Self {
        Self(Kind::TooManyRequests(Span(retry_after)))
    }

    /// The 409 of too many parallel requests.
    pub fn conflict() -> Self {
        Self(Kind::Conflict)
    }

    /// The call is served at once, and its reply is held back for so long.
    ///
    /// A caller that gives up meanwhile has changed the service nonetheless. Waits on tokio's
    /// clock, so that a test with a paused one does not wait at all; in process too, the call must
    /// run on a tokio runtime with time enabled.
    pub fn delay(by: Duration) -> Self {
        Self(Kind::Delay(Span(by)))
    }

    /// The connection breaks before the service has done anything.
    pub fn drop_connection() -> Self {
        Self(Kind::DropConnection)
    }

    /// The service does what was asked, and the connection breaks before it can say so.
    pub fn lose_reply() -> Self {
        Self(Kind::LoseReply)
    }

    /// The service does what was asked, and the connection breaks in the middle of the reply.
    pub fn truncated_body() -> Self {
        Self(Kind::TruncatedBody)
    }

    /// The service does what was asked, and its reply arrives as something that is no JSON.
    pub fn garbled_body() -> Self {
        Self(Kind::GarbledBody)
    }

    /// Whether the service does what was asked all the same.
    pub fn applies_change(&self) -> bool {
        !self.is_refusal() && self.0 != Kind::DropConnection
    }

    /// Whether the caller gets the service's own reply, sooner or later.
    pub fn delivers_reply(&self) -> bool {
        matches!(self.0, Kind::Delay(_))
    }
}

/// The constructor's name, with the status where it has one.
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
