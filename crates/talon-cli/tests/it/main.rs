//! Tests of the command in a process.

mod api;
mod call;
mod check;
mod completions;
mod conformance;
mod container;
mod demo;
mod examples;
#[cfg(unix)]
mod exec;
#[cfg(unix)]
mod log;
mod process;
mod serve;
#[cfg(unix)]
mod state;
mod verbatim;
mod world;
