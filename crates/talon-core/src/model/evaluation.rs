//! Replies of an evaluation of the rules.

mod integration_state;
mod meta;
mod rule_failure;

pub use integration_state::*;
pub use meta::*;
pub use rule_failure::*;

pub use crate::effect::group_mode::EvaluationGroupMode;
pub use crate::effect::rejection::{CouponRejection, ReferralRejection};
