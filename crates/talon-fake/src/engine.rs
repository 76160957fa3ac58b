//! The promotion engine: what a session, an event or a profile update causes.
//!
//! [`evaluate`] only reads: from facts and stored campaigns it finds effects, what they use of
//! limits, and grants. So does [`prices`], which compares prices of the past. Everything else writes
//! within the transaction: [`lifecycle`] merges a request into a session, with what [`catalogs`] have
//! of its items, and decides what happens in which state; [`grants`] makes what rules grant, with
//! [`codes`] and [`audiences`]; [`booking`] applies and reverts what a close makes final, with
//! [`ledger`] for points and [`achievements`] for progress; [`raised_events`] reports
//! the points of a request as those of an event.
//!
//! From bottom to top: [`rule_ref`], [`limits`], [`outcome`], [`ledger`] and [`achievements`]; [`evaluate`],
//! [`codes`], [`audiences`], [`catalogs`], [`prices`], [`raised_events`] and [`rollback`]; [`booking`],
//! [`cards`] and [`grants`]; [`lifecycle`] with [`merge`]; [`returns`], which returns items and reopens sessions;
//! [`removal`], for tests.

pub(crate) mod achievements;
pub(crate) mod audiences;
mod booking;
pub(crate) mod cards;
pub(crate) mod catalogs;
pub(crate) mod codes;
mod evaluate;
mod grants;
pub(crate) mod ledger;
pub(crate) mod lifecycle;
mod limits;
mod merge;
pub(crate) mod outcome;
pub(crate) mod prices;
mod raised_events;
pub(crate) mod removal;
pub(crate) mod returns;
mod rollback;
mod rule_ref;
#[cfg(test)]
mod tests;
