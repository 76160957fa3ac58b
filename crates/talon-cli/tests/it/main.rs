//! The command as its users run it.

mod call;
mod conformance;
mod demo;
mod process;
mod serve;
#[cfg(unix)]
mod state;
mod verbatim;
mod world;
