//! The tests of transports, and tests of hyper's own features.

mod connector;

talon_transport_tests::transport_tests!(talon_hyper::connect);
