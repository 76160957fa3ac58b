//! Tests of the command in a process.

mod call;
mod conformance;
mod demo;
#[cfg(unix)]
mod exec;
mod process;
mod serve;
#[cfg(unix)]
mod state;
mod verbatim;
mod world;
