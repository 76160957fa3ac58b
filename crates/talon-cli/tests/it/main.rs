//! Tests of the command in a process.

mod api;
mod call;
mod check;
mod completions;
mod conformance;
mod demo;
mod examples;
#[cfg(unix)]
mod exec;
mod process;
mod serve;
#[cfg(unix)]
mod state;
mod verbatim;
mod world;
