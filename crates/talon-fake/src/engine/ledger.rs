//! Ledgers of loyalty points.
//!
//! From bottom to top: [`owner`] and [`tiers`]; [`entries`], which books transactions, and
//! [`history`], which books those of a past instant again; [`booking`] and [`rollback`] of effects,
//! [`activation`], [`deletion`] and [`corrections`]; [`tentative`], what effects would lead to; [`balances`], and the
//! lists of [`transactions`] and [`points`].

mod activation;
mod balances;
mod booking;
mod corrections;
mod deletion;
mod entries;
mod history;
mod owner;
mod points;
mod rollback;
mod tentative;
mod tiers;
mod transactions;

pub(crate) use activation::{Activation, activate};
pub(crate) use balances::{BalanceOptions, balances, balances_at, ledgers_with};
pub(super) use booking::book;
pub(crate) use corrections::{add, remove, replace};
pub(crate) use deletion::delete;
pub(super) use owner::account_of_customer;
pub(crate) use points::{PointsFilter, PointsOrder, list_points};
pub(super) use rollback::{AddedPoints, revert_addition, revert_deduction, revert_for_now};
pub(crate) use tentative::TentativeLedgers;
pub(crate) use transactions::{TransactionFilter, list_transactions};

#[cfg(test)]
mod tests;
