//! Strategies of [proptest](https://docs.rs/proptest) for models, requests and effects.
//!
//! Each model, operation, effect, id and enumeration implements [`Arbitrary`], so `any::<T>()`
//! generates values: with absent, empty and present members, texts with special characters,
//! attributes of every type, unknown values of enumerations and unknown effects, amounts of up to 15
//! significant digits and times with nanoseconds. Each value survives encoding and decoding.
//!
//! Values are small, lists have at most 3 elements, and values shrink. They need not make sense: a
//! campaign may end before it starts. Ids are not empty and can be part of a path.
//!
//! ```
//! use proptest::prelude::*;
//! use talon_core::prelude::*;
//!
//! /// Summary of a request for a log.
//! fn summary(request: &UpdateCustomerSessionV2) -> String {
//!     let items = request.request.customer_session.cart_items.iter().flatten();
//!     format!("{} lines", items.count())
//! }
//!
//! proptest! {
//!     # #![proptest_config(ProptestConfig::with_cases(8))]
//!     // Add #[test].
//!     fn every_request_has_a_summary(request in any::<UpdateCustomerSessionV2>()) {
//!         prop_assert!(summary(&request).ends_with(" lines"));
//!     }
//! }
//! # every_request_has_a_summary();
//! ```

use std::collections::BTreeMap;
use std::fmt::Debug;

pub use proptest::arbitrary::Arbitrary;
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::strategy::{BoxedStrategy, Strategy};

mod json;
mod scalar;
mod text;

pub use json::json;
pub(crate) use json::members;
pub(crate) use scalar::number;
pub use text::text;
pub(crate) use text::{id, one_of};

/// Maximum number of elements of a list or a map.
const MAX_ELEMENTS: usize = 3;

/// Like [`Arbitrary`], also for types of other crates, whose strategies generate large values.
pub(crate) trait Generate: Debug + Sized + 'static {
    fn strategy() -> BoxedStrategy<Self>;

    /// Strategy of an optional member.
    fn optional() -> BoxedStrategy<Option<Self>> {
        option::of(Self::strategy()).boxed()
    }
}

/// Strategy of the inferred type.
pub(crate) fn generated<T: Generate>() -> BoxedStrategy<T> {
    T::strategy()
}

impl<T: Generate> Generate for Option<T> {
    fn strategy() -> BoxedStrategy<Self> {
        T::optional()
    }
}

impl<T: Generate> Generate for Vec<T> {
    fn strategy() -> BoxedStrategy<Self> {
        vec(T::strategy(), 0..=MAX_ELEMENTS).boxed()
    }
}

impl<T: Generate> Generate for BTreeMap<String, T> {
    fn strategy() -> BoxedStrategy<Self> {
        btree_map(text(), T::strategy(), 0..=MAX_ELEMENTS).boxed()
    }
}

/// Declares the strategy of a type: `from_strategy!(Type: strategy);`.
macro_rules! from_strategy {
    ($name:ident: $strategy:expr) => {
        impl $crate::arbitrary::Generate for $name {
            fn strategy() -> proptest::strategy::BoxedStrategy<Self> {
                proptest::strategy::Strategy::boxed($strategy)
            }
        }

        impl proptest::arbitrary::Arbitrary for $name {
            type Parameters = ();
            type Strategy = proptest::strategy::BoxedStrategy<Self>;

            fn arbitrary_with((): ()) -> Self::Strategy {
                <Self as $crate::arbitrary::Generate>::strategy()
            }
        }
    };
}
pub(crate) use from_strategy;

/// Declares the strategy of a struct by those of its fields: `from_fields!(Type { field, … });`.
macro_rules! from_fields {
    ($name:ident { $( $field:ident ),+ $(,)? }) => {
        $crate::arbitrary::from_strategy!($name: proptest::strategy::Strategy::prop_map(
            $crate::arbitrary::strategies!($( $field )+),
            |$crate::arbitrary::values!($( $field )+)| $name { $( $field ),+ }
        ));
    };
}
pub(crate) use from_fields;

/// Declares the strategy of a request by its [`operation!`](crate::operation!) declaration.
macro_rules! from_operation {
    ($request:ident {
        id: $id:literal,
        request: $method:ident $path:literal,
        $( path: { $( $path_field:ident = $path_name:literal ),* $(,)? }, )?
        $( query: { $( $query_field:ident = $query_name:literal ),* $(,)? }, )?
        $( body: $body:ident, )?
        success: $( $rest:tt )+
    }) => {
        $crate::arbitrary::from_fields!($request {
            $( $( $path_field, )* )?
            $( $( $query_field, )* )?
            $( $body, )?
        });
    };
}
pub(crate) use from_operation;

/// Declares the strategy of an enum whose variants hold one value each.
macro_rules! from_variants {
    ($name:ident { $( $variant:ident ),+ $(,)? }) => {
        $crate::arbitrary::from_strategy!($name: proptest::strategy::Union::new([
            $( proptest::strategy::Strategy::boxed(proptest::strategy::Strategy::prop_map(
                $crate::arbitrary::generated(),
                $name::$variant
            )), )+
        ]));
    };
}
pub(crate) use from_variants;

/// One strategy for each name, as nested pairs: there may be more of them than a tuple holds.
macro_rules! strategies {
    ($field:ident) => { $crate::arbitrary::generated() };
    ($field:ident $( $rest:ident )+) => {
        ($crate::arbitrary::generated(), $crate::arbitrary::strategies!($( $rest )+))
    };
}
pub(crate) use strategies;

/// The names as a pattern of nested pairs.
macro_rules! values {
    ($field:ident) => { $field };
    ($field:ident $( $rest:ident )+) => { ($field, $crate::arbitrary::values!($( $rest )+)) };
}
pub(crate) use values;
