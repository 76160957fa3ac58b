//! The tests of transports, and tests of hyper's own features.

mod connector;
#[cfg(unix)]
mod unix_socket;

talon_transport_tests::transport_tests!(talon_hyper::connect);
