#![doc = include_str!("../README.md")]

mod books;
mod calls;
mod fault;
mod faulty;
pub mod load;
mod meter;
mod run;
mod summary;
mod timed;

pub use fault::Fault;
pub use run::{Plan, Progress, run};
pub use summary::Summary;
