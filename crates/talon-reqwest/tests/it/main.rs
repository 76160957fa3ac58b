//! The tests of transports, and tests of reqwest's own features.

mod own_client;
mod system_proxy;

talon_transport_tests::transport_tests!(talon_reqwest::connect);
