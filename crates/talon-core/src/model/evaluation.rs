//! What an evaluation of the rules answers.

mod integration_state;
mod meta;
mod rejection;
mod rule_failure;

pub use integration_state::{
    IntegrationRequest, IntegrationState, IntegrationStateV2, ResponseContent,
};
pub use meta::{CouponRejectionReason, Meta, ReferralRejectionReason};
pub use rejection::{CouponRejection, ReferralRejection};
pub use rule_failure::{EvaluationGroupMode, RuleFailureReason};
