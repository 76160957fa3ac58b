//! What is measured: `cargo xtask bench` says how.
//!
//! A [`Row`](row::Row) is one piece of work. The same rows are timed by criterion
//! (`benches/rows.rs`), counted in instructions (`src/bin/count.rs`) and in allocations
//! (`src/bin/allocations.rs`), so that a name means the same thing everywhere.

pub mod call;
pub mod generated;
pub mod payload;
pub mod row;
pub mod rows;
pub mod shop;
