//! Tables of rows in memory, and the transactions that change them.
//!
//! Optimistic concurrency: a transaction locks nothing while it runs. It reads and writes through
//! one [`TableTransaction`] for each table. Its commit locks the shards of the rows that it read or
//! wrote, validates that what it read is still the same, and applies its writes. When something
//! changed, it returns [`Conflict`], and the caller runs the transaction again.
//!
//! [`tables!`] declares the tables of a state. [`Table`] holds rows that are replaced as a whole,
//! [`MergeTable`] rows that are changed by deltas, such as counters.

mod any_table;
mod encoded;
mod encoded_value;
mod locks;
mod merge;
mod read_set;
mod row;
mod rows;
mod shards;
mod table;
mod tables;
mod transaction;
mod write_set;

pub(crate) use any_table::{AnyTable, InvalidRow, TableCommit, TableTransaction};
pub(crate) use encoded::{EncodableRow, EncodedRow};
pub(crate) use encoded_value::EncodedValue;
pub(crate) use merge::{MergeRow, MergeTable};
pub(crate) use row::{Row, UnreadableRow};
pub(crate) use table::Table;
pub(crate) use tables::tables;

/// The transaction of each kind of table, under the name of the kind.
pub(crate) mod transactions {
    pub(crate) use super::merge::MergeTx as MergeTable;
    pub(crate) use super::transaction::TableTx as Table;
}

/// A row that the transaction read has changed since; the transaction has to run again.
#[derive(Debug)]
pub(crate) struct Conflict;
