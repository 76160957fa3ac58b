//! Strategies of [proptest](https://docs.rs/proptest) for everything that travels.
//!
//! Every model, operation, effect, id and enumeration is [`Arbitrary`], so `any::<T>()` makes values
//! of it: with members absent, empty and present, awkward texts, attributes of every type,
//! enumerations and effects of later versions, amounts of up to 15 significant digits and times to
//! the nanosecond. Each of them can be sent, and arrives as it was.
//!
//! Values are small, lists have at most 3 elements, and they shrink; they need not make sense: a
//! session may end before it begins. Ids are never empty, and fit into a path.
//!
//! ```
//! use proptest::prelude::*;
//! use talon_core::prelude::*;
//!
//! /// What a shop logs of a request.
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

/// Most elements of a list or a map.
const MAX_ELEMENTS: usize = 3;

/// [`Arbitrary`], for types of others too, whose own strategies make values too large for models.
pub(crate) trait Generate: Debug + Sized + 'static {
    fn strategy() -> BoxedStrategy<Self>;

    /// Strategy of a member that may be absent.
    fn optional() -> BoxedStrategy<Option<Self>> {
        option::of(Self::strategy()).boxed()
    }
}

/// The strategy of whatever type is wanted.
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
