//! What an evaluation of the rules answers.

mod integration_state;
mod meta;
mod rejection;
mod rule_failure;

pub use integration_state::*;
pub use meta::*;
pub use rejection::*;
pub use rule_failure::*;
