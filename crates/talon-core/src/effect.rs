//! Effects: what the rules ask the shop to do.
//!
//! Every reply lists all effects now in force for the session, in no particular order; it replaces
//! every earlier reply. Values are in the application's currency and unrounded.

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
