//! Tests of the command in a process.

mod call;
mod conformance;
mod demo;
mod process;
mod serve;
#[cfg(unix)]
mod state;
mod verbatim;
mod world;
