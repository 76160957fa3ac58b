//! Tables, and the transactions that change them: optimistic concurrency, of any rows.
//!
//! A transaction reads and writes through one [`TableTx`] per table. At its end it validates that
//! every row it read is still the same, and applies its writes; otherwise there was a [`Conflict`],
//! and the caller runs it again.

mod encoded;
mod table;
mod transaction;

pub(crate) use encoded::{Encode, EncodedRow, UnreadableRow};
pub(crate) use table::{Row, Table};
pub(crate) use transaction::TableTx;

/// A row that the transaction read has changed since: the transaction has to run again.
#[derive(Debug)]
pub(crate) struct Conflict;
