#![doc = include_str!("../README.md")]

pub mod fixture;

mod achievements;
mod audiences;
mod campaigns;
mod cards;
mod catalogs;
mod coupons;
mod events;
mod immediate;
mod loyalty;
mod profiles;
mod referrals;
mod session_reply;
mod sessions;

pub use immediate::immediate;
pub use session_reply::session_reply;
pub use sessions::shopping_session;
#[doc(hidden)]
pub use talon_core;

use talon_core::IntegrationApi;
use talon_core::api::Call;

/// An operation of which there are sample requests.
#[diagnostic::on_unimplemented(
    message = "the operation `{Self}` has no sample",
    note = "implement `Sample` for it in the file of its noun under crates/testing/talon-samples/src"
)]
pub trait Sample: Call {
    /// A request as an ordinary shop sends it, with `id` in every parameter of the path that takes a
    /// text.
    ///
    /// It succeeds in the demo world of the fake in which `id` is a profile and a coupon, after
    /// [`prepare`](Self::prepare).
    fn sample(id: &str) -> Self;

    /// Makes the calls that the sample needs before it: nothing for most operations.
    ///
    /// # Errors
    /// When one of these calls fails.
    fn prepare(
        api: &dyn IntegrationApi,
        id: &str,
    ) -> impl Future<Output = talon_core::Result<()>> + Send {
        let _ = (api, id);
        async { Ok(()) }
    }

    /// Requests that are refused, one for each kind of refusal.
    ///
    /// They are refused in a world without profiles and sessions that has declared the attributes
    /// `Colour` of sessions and `City` of profiles, both strings, and the event `danced`. Its one
    /// campaign has the id 193, the coupon `FOR-ANNA` with the recipient `anna`, and no referrals. Its
    /// loyalty program 6 has cards, each for one customer at most, and none of them exists.
    fn refused() -> Vec<Self>;
}

/// Writes [`for_each_sample!`]; `$dollar` is a dollar sign of the macro that is written.
macro_rules! declare_for_each_sample {
    ({ $dollar:tt } $( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        /// Runs an expression once for each operation, with a type of the given name:
        /// `for_each_sample!(|O| check::<O>())`.
        ///
        /// ```
        /// use talon_samples::{Sample, for_each_sample};
        ///
        /// fn sent<O: Sample>() -> String {
        ///     format!("{} {}", O::INFO.method, O::sample("anna").target().expect("a valid id"))
        /// }
        ///
        /// let mut all = Vec::new();
        /// for_each_sample!(|O| all.push(sent::<O>()));
        /// assert!(all.contains(&"DELETE /v1/customer_data/anna".to_owned()));
        /// ```
        #[macro_export]
        macro_rules! for_each_sample {
            (|$dollar operation:ident| $dollar body:expr) => {{
                $( {
                    type $dollar operation = $crate::talon_core::operations::$request;
                    $dollar body;
                } )+
            }};
        }
    };
}
talon_core::for_each_operation!(declare_for_each_sample, { $ });

/// Fails to compile when an operation has no sample.
const _: fn() = || {
    fn has_sample<O: Sample>() {}
    for_each_sample!(|O| has_sample::<O>());
};
