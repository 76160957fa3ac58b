//! What every transport must do, and what this one alone can.

mod own_client;

talon_transport_tests::transport_tests!(talon_reqwest::connect);
