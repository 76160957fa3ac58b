//! The benchmarks of the workspace; run them with `cargo xtask bench`.
//!
//! A [`Row`](row::Row) is one benchmark, a row of the report. The same rows are timed by criterion
//! (`benches/rows.rs`), and their instructions (`src/bin/count.rs`) and allocations
//! (`src/bin/allocations.rs`) are counted, so that a name has one meaning everywhere.

pub mod call;
pub mod generated;
pub mod payload;
pub mod row;
pub mod rows;
pub mod served;
pub mod shop;
