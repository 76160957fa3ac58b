//! Cases, their lists, and the tests made from them.

use crate::world::{Future, Open, Worlds};

/// One behaviour of an operation, as a function that panics unless it is there.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// Module it stands in, named after a noun of the API.
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

/// Every case.
pub fn suite() -> impl Iterator<Item = &'static Case> {
    crate::MODULES.iter().copied().flatten()
}

/// Runs one case in a world of its own.
///
/// # Panics
/// When the behaviour is not there, or there is no such case.
pub async fn run(module: &str, name: &str, open: Open) {
    let mut cases = suite().filter(|case| (case.module, case.name) == (module, name));
    let case = cases.next().expect("the tests are made from the lists");
    (case.body)(Worlds::new(open)).await;
}

/// Lists the cases of a module by operation and role.
///
/// ```text
/// cases! { sessions {
///     "updateCustomerSessionV2" {
///         success a_new_session_is_open,
///         refused(400) a_new_session_cannot_be_cancelled,
///     }
/// } }
/// ```
/// expands to `CASES`, the list, and to a macro of the module's name that makes a test of each.
macro_rules! cases {
    ($module:ident {
        $( $operation:literal { $( $role:ident $( ($status:literal) )? $name:ident, )+ } )+
    }) => {
        pub(crate) static CASES: &[crate::Case] = &[ $( $( crate::Case {
            module: stringify!($module),
            name: stringify!($name),
            operation: $operation,
            role: crate::case::role!($role $($status)?),
            body: |worlds| Box::pin($name(worlds)),
        }, )+ )+ ];

        #[doc(hidden)]
        #[macro_export]
        macro_rules! $module {
            ($world:ident) => {
                mod $module {
                    $( $(
                        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                        async fn $name() {
                            let open = |seed| -> $crate::Future<_> {
                                Box::pin(super::$world(seed))
                            };
                            $crate::run(stringify!($module), stringify!($name), open).await;
                        }
                    )+ )+
                }
            };
        }
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
pub(crate) use role;

/// Declares the list of the modules' lists, and `conformance_tests!`.
macro_rules! suite {
    ($( $module:ident, )+) => {
        static MODULES: &[&[Case]] = &[ $( $module::CASES, )+ ];

        /// Makes a test of every case: `conformance_tests!(world)`, where `world` is an
        /// `async fn(Seed) -> World` of the module it stands in.
        #[macro_export]
        macro_rules! conformance_tests {
            ($world:ident) => {
                $( $crate::$module!($world); )+
            };
        }
    };
}
