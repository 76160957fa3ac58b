//! Carts: their life, their content and what replies say of them.

pub(crate) mod additional_costs;
pub(crate) mod creation;
pub(crate) mod current;
pub(crate) mod dry_runs;
pub(crate) mod experiments;
pub(crate) mod first_version;
pub(crate) mod first_version_notes;
pub(crate) mod first_version_replies;
pub(crate) mod reevaluation;
pub(crate) mod reopening;
pub(crate) mod response_content;
pub(crate) mod return_contents;
pub(crate) mod return_requests;
pub(crate) mod returned_points;
pub(crate) mod returns;
pub(crate) mod states;
pub(crate) mod strange_carts;
pub(crate) mod totals;
pub(crate) mod updates;
