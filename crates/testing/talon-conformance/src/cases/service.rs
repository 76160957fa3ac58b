//! What holds for every operation: keys, faults, ids, sizes, schemas.

pub(crate) mod attribute_types;
pub(crate) mod concurrency;
pub(crate) mod error_schemas;
pub(crate) mod fault_plans;
pub(crate) mod faults;
pub(crate) mod ids;
pub(crate) mod keys;
pub(crate) mod keys_of_applications;
pub(crate) mod lost_replies;
pub(crate) mod parallel_requests;
pub(crate) mod paths;
pub(crate) mod reads;
pub(crate) mod replies;
pub(crate) mod sizes;
pub(crate) mod stores;
