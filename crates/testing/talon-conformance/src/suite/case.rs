//! Cases and their lists.

use std::any::Any;
use std::fmt;

use super::capability::MissingCapability;
use crate::{Capability, Future, Implementation, Worlds};

/// A behaviour of an operation: a function that panics if the behaviour is missing.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// Noun and module, such as `sessions::updates`.
    pub module: &'static str,
    /// Name of the function: a sentence about behaviour.
    pub name: &'static str,
    /// Id of the operation.
    pub operation: &'static str,
    /// What it verifies.
    pub role: Role,
    #[doc(hidden)]
    pub body: fn(Worlds) -> Future<()>,
}

impl Case {
    /// Runs the case against an implementation.
    pub async fn run(&self, implementation: Implementation) -> Outcome {
        let Err(error) = tokio::spawn((self.body)(Worlds::new(implementation))).await else {
            return Outcome::Passed;
        };
        match error.try_into_panic().map(Box::<dyn Any + Send>::downcast::<MissingCapability>) {
            Ok(Ok(missing)) => Outcome::Skipped(missing.0),
            Ok(Err(payload)) => Outcome::Failed(message(&*payload).to_owned()),
            Err(error) => Outcome::Failed(error.to_string()),
        }
    }
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}::{}", self.module, self.name)
    }
}

/// What a case verifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The complete reply.
    Success,
    /// A refusal with this status.
    Refused(u16),
    /// Behaviour that is hard to guess from the documentation.
    Surprise,
    /// Other behaviour.
    Detail,
}

/// The outcome of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All assertions held.
    Passed,
    /// The implementation does not have a capability that the case needs.
    Skipped(Capability),
    /// An assertion failed with this message.
    Failed(String),
}

fn message(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or(payload.downcast_ref::<&str>().copied()).unwrap_or("a panic without a message")
}

/// The end of a module's path: noun and module.
pub(crate) const fn module(path: &'static str) -> &'static str {
    const FOLDER: &str = concat!(env!("CARGO_CRATE_NAME"), "::cases::");
    path.split_at(FOLDER.len()).1
}

/// Lists the cases of a module by operation and role.
///
/// ```text
/// cases! {
///     "updateCustomerSessionV2" {
///         success a_new_session_is_open,
///         refused(400) a_new_session_cannot_be_cancelled,
///     }
/// }
/// ```
/// expands to `CASES`, the list.
macro_rules! cases {
    ($( $operation:literal { $( $role:ident $( ($status:literal) )? $name:ident, )+ } )+) => {
        pub(crate) static CASES: &[crate::Case] = &[ $( $( crate::Case {
            module: crate::suite::module(module_path!()),
            name: stringify!($name),
            operation: $operation,
            role: role!($role $($status)?),
            body: |worlds| Box::pin($name(worlds)),
        }, )+ )+ ];
    };
}

macro_rules! role {
    (success) => {
        $crate::Role::Success
    };
    (refused $status:literal) => {
        $crate::Role::Refused($status)
    };
    (surprise) => {
        $crate::Role::Surprise
    };
    (detail) => {
        $crate::Role::Detail
    };
}
