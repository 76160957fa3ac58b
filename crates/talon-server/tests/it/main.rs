//! Tests of the server over raw sockets.
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

mod answers;
mod authentication;
mod buffered;
mod client;
mod framing;
mod host;
mod lifecycle;
mod limits;
mod logs;
mod refusals;
mod refuse_early;
mod routing;
mod test_services;
