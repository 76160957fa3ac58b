//! Referral codes: creation, redemption and limits.

pub(crate) mod batch_refusals;
pub(crate) mod batches;
pub(crate) mod creation;
pub(crate) mod limits;
pub(crate) mod redemption;
