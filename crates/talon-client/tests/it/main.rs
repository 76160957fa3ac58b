//! The client over transports that need no socket.

mod authentication;
mod deadline;
mod environment;
mod idempotency;
mod limit;
mod loopback;
mod observer;
mod outcomes;
mod recorder;
mod retries;
mod runtime;
mod spans;
mod tls;
