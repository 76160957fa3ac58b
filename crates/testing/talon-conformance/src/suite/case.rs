//! Cases and their lists.

use std::any::Any;
use std::fmt;

use super::capability::Lacking;
use crate::{Capability, Future, Implementation, Worlds};

/// One behaviour of an operation, as a function that panics unless it is there.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// Noun and module it stands in, such as `sessions::updates`.
    pub module: &'static str,
    /// Name of the function: a sentence about behaviour.
    pub name: &'static str,
    /// Id of the operation it is about.
    pub operation: &'static str,
    /// What it shows.
    pub role: Role,
    #[doc(hidden)]
    pub body: fn(Worlds) -> Future<()>,
}

impl Case {
    /// Runs it in worlds of an implementation.
    pub async fn run(&self, implementation: Implementation) -> Outcome {
        let Err(error) = tokio::spawn((self.body)(Worlds::new(implementation))).await else {
            return Outcome::Passed;
        };
        match error.try_into_panic().map(Box::<dyn Any + Send>::downcast::<Lacking>) {
            Ok(Ok(lacking)) => Outcome::Skipped(lacking.0),
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

/// What a case shows of its operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The reply in full.
    Success,
    /// A refusal with this status.
    Refused(u16),
    /// What a newcomer would not guess.
    Surprise,
    /// Anything else.
    Detail,
}

/// How a case ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Every assertion held.
    Passed,
    /// The implementation lacks a capability that the case needs.
    Skipped(Capability),
    /// An assertion did not hold; this is its message.
    Failed(String),
}

fn message(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or(payload.downcast_ref::<&str>().copied()).unwrap_or("a panic without a message")
}

/// The part of a module's path that names noun and module.
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
