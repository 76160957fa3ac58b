//! The command as its users run it.

mod call;
mod demo;
mod serve;
#[cfg(unix)]
mod state;
mod talon;
mod verbatim;
mod world;
