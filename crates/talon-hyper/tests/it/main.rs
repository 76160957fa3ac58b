//! What every transport must do, and what this one alone can.

mod connector;

talon_transport_tests::transport_tests!(talon_hyper::connect);
