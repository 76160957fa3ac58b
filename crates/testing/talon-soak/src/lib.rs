#![doc = include_str!("../README.md")]

mod attempt_counter;
mod audit;
mod calls;
mod fault;
mod fault_injector;
pub mod load;
mod overhead;
mod run;
mod summary;

pub use fault::Fault;
pub use run::{Progress, SoakPlan, run};
pub use summary::Summary;
