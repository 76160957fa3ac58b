//! Coupons: redemption, rejection, limits and reservations.

pub(crate) mod created_by_rules;
pub(crate) mod limits;
pub(crate) mod redemption;
pub(crate) mod rejections;
pub(crate) mod reservations;
pub(crate) mod reserved_by_rules;
pub(crate) mod spelling;
