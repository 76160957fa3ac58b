//! The API as one trait, and the list everything else derives from.
#![cfg_attr(
    feature = "mock",
    allow(clippy::missing_errors_doc, missing_debug_implementations, reason = "mockall's own")
)]

use std::fmt::Debug;
use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;
use std::sync::Arc;

use async_trait::async_trait;

use crate::{Error, Operation, OperationInfo, Result};

/// Hands the list of operations to a macro: `for_each_operation!(callback)`, or
/// `for_each_operation!(callback, { context })` for a macro that begins with the context.
///
/// Each entry is `/// doc`, then `method(Request);`, where `Request` is the name of a type in
/// [`operations`](crate::operations), declared in the file `method.rs` of its noun.
///
/// ```
/// use talon_core::{Operation, for_each_operation, operations};
///
/// macro_rules! list {
///     ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
///         /// Methods of the trait, with the id of what they call.
///         const LIST: &[(&str, &str)] =
///             &[ $( (stringify!($method), operations::$request::INFO.id), )+ ];
///     };
/// }
/// for_each_operation!(list);
///
/// assert!(LIST.contains(&("track_event", "trackEvent")));
/// ```
#[macro_export]
macro_rules! for_each_operation {
    // Tokens and no `path`, which cannot be called where an expression is expected.
    ($($callback:tt)::+ $(, { $($context:tt)* })?) => {
        $($callback)::+! {
            $({ $($context)* })?
            /// Reserves a coupon for customer profiles.
            create_coupon_reservation(CreateCouponReservation);
            /// Creates a referral code for an advocate.
            create_referral(CreateReferral);
            /// Removes reservations of a coupon.
            delete_coupon_reservation(DeleteCouponReservation);
            /// Erases the attributes of a customer and of what refers to them.
            delete_customer_data(DeleteCustomerData);
            /// Returns a customer's profile, referral codes and reserved coupons.
            get_customer_inventory(GetCustomerInventory);
            /// Returns the profiles that hold a reservation of a coupon.
            get_reserved_customers(GetReservedCustomers);
            /// Records an event of a session and evaluates the rules.
            track_event(TrackEvent);
            /// Creates or updates a profile and evaluates the rules.
            update_customer_profile(UpdateCustomerProfile);
            /// Creates or updates a profile.
            update_customer_profile_v2(UpdateCustomerProfileV2);
            /// Creates or updates a session and evaluates the rules, first version.
            update_customer_session(UpdateCustomerSession);
            /// Creates or updates a session and evaluates the rules against it.
            update_customer_session_v2(UpdateCustomerSessionV2);
        }
    };
}

/// What a successful call of `O` returns.
pub type ReplyOf<O> = <O as Operation>::Reply;

/// A call under way.
pub type ReplyFuture<'a, O> = Pin<Box<dyn Future<Output = Result<ReplyOf<O>>> + Send + 'a>>;

/// An operation that can be called on any implementation of the API.
///
/// Lets code be written once for all operations: `request.call(api)`.
pub trait Call: Operation {
    /// Calls the method of `api` that takes this request.
    fn call(self, api: &dyn IntegrationApi) -> ReplyFuture<'_, Self>;
}

macro_rules! declare_api {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        /// Talon.One's Integration API.
        ///
        /// Implemented by clients over a transport, by the in-memory fake, by mocks and by
        /// decorators; hold it as `Arc<dyn IntegrationApi>`.
        ///
        /// # Contract
        /// - Each method takes the whole request by value and does one call. What a request means
        ///   is documented on its type.
        /// - Methods may be called concurrently; the service handles calls for one session or
        ///   profile one after another.
        /// - Dropping the future cancels the waiting, not the call: the service may still apply it.
        /// - A default method answers [`Unimplemented`](crate::ErrorKind::Unimplemented), so that a
        ///   test double writes only what it needs. Wrappers should
        ///   `#[deny(clippy::missing_trait_methods)]`.
        ///
        /// # Errors
        /// Every method fails with an [`Error`] whose [`kind`](Error::kind) says why; a refusal of
        /// the service is of kind [`Api`](crate::ErrorKind::Api) whoever implements the trait.
        #[cfg_attr(feature = "mock", mockall::automock)]
        #[async_trait]
        pub trait IntegrationApi: Debug + Send + Sync + 'static {
            $(
                $(#[$doc])*
                ///
                #[doc = concat!("See [`", stringify!($request), "`](crate::operations::", stringify!($request), ").")]
                ///
                /// # Errors
                /// See the trait and the request.
                async fn $method(
                    &self,
                    request: crate::operations::$request,
                ) -> Result<ReplyOf<crate::operations::$request>> {
                    let _ = request;
                    Err(Error::unimplemented(crate::operations::$request::INFO.id))
                }
            )+
        }

        /// Every operation this version knows, in the order of their names.
        pub static OPERATIONS: &[&OperationInfo] = &[ $( crate::operations::$request::INFO, )+ ];

        $(
            impl Call for crate::operations::$request {
                fn call(self, api: &dyn IntegrationApi) -> ReplyFuture<'_, Self> {
                    api.$method(self)
                }
            }
        )+

    };
}

for_each_operation!(declare_api);

/// Implements [`IntegrationApi`] for a type that does the same for every operation.
///
/// The body is a closure in form: it takes the implementation and a request of any operation, and may
/// await. Generic parameters stand in brackets.
///
/// ```
/// use std::sync::Arc;
/// use talon_core::api::Call;
/// use talon_core::{IntegrationApi, implement_api};
///
/// /// Tells which operations are called.
/// #[derive(Debug)]
/// struct Logged(Arc<dyn IntegrationApi>);
///
/// fn id<O: talon_core::Operation>(_: &O) -> &'static str {
///     O::INFO.id
/// }
///
/// implement_api!(for Logged, |logged, request| {
///     println!("{}", id(&request));
///     talon_core::api::Call::call(request, &*logged.0).await
/// });
/// ```
#[macro_export]
macro_rules! implement_api {
    ($([$($generics:tt)*])? for $type:ty, |$this:ident, $request:ident| $body:expr) => {
        $crate::for_each_operation!($crate::implement_api_methods, {
            [$($($generics)*)?] $type, $this, $request, $body
        });
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! implement_api_methods {
    (
        { [$($generics:tt)*] $type:ty, $this:ident, $value:ident, $body:expr }
        $( $(#[$doc:meta])* $method:ident($request:ident); )+
    ) => {
        #[$crate::async_trait]
        #[deny(clippy::missing_trait_methods)]
        impl<$($generics)*> $crate::IntegrationApi for $type {
            $(
                async fn $method(
                    &self,
                    $value: $crate::operations::$request,
                ) -> $crate::Result<$crate::api::ReplyOf<$crate::operations::$request>> {
                    let $this = self;
                    $body
                }
            )+
        }
    };
}

/// A pointer to an implementation is one.
macro_rules! forward {
    ({ $pointer:ty } $( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        #[async_trait]
        #[deny(clippy::missing_trait_methods)]
        impl<T: IntegrationApi + ?Sized> IntegrationApi for $pointer {
            $(
                async fn $method(
                    &self,
                    request: crate::operations::$request,
                ) -> Result<ReplyOf<crate::operations::$request>> {
                    self.deref().$method(request).await
                }
            )+
        }
    };
}

for_each_operation!(forward, { Arc<T> });
for_each_operation!(forward, { Box<T> });
for_each_operation!(forward, { &'static T });
