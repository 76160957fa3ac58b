//! Effects: what the rules ask the shop to do.
//!
//! Every reply lists all effects now in force for the session, in no particular order; it replaces
//! every earlier reply. Values are in the application's currency and unrounded.

mod envelope;
mod event_effect;
mod kind;
mod props;

pub use envelope::Effect;
pub use event_effect::{EventEffect, TypedEventEffect};
pub use kind::{EffectKind, UnrecognizedEffect};
pub use props::*;
