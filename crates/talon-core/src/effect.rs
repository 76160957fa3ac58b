//! Effects: instructions of the rules to the shop.
//!
//! Each reply lists all current effects of the session, in no particular order, and replaces every
//! earlier list. Amounts are in the application's currency and unrounded.

#[cfg(feature = "proptest")]
mod arbitrary;
mod envelope;
mod event_effect;
pub(crate) mod group_mode;
mod kind;
mod props;
pub(crate) mod rejection;

pub use envelope::Effect;
pub use event_effect::{EventEffect, TypedEventEffect};
pub use kind::{EffectKind, UnrecognizedEffect};
pub use props::*;
