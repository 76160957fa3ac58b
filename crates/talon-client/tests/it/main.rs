//! The client over transports that need no socket.

mod authentication;
mod deadline;
mod loopback;
mod outcomes;
mod recorder;
mod spans;
