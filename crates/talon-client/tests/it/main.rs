//! Tests of the client with transports that need no socket.

mod authentication;
mod blocking;
mod deadline;
mod environment;
mod idempotency;
mod loopback;
mod observer;
mod options;
mod outcomes;
mod parallel_calls;
mod raw;
mod responses;
mod retries;
mod runtime;
mod spans;
mod stub_transport;
mod tls;
