//! The server as its clients meet it, over raw sockets.
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

mod answers;
mod authentication;
mod buffered;
mod client;
mod doubles;
mod early;
mod framing;
mod host;
mod lifecycle;
mod limits;
mod logs;
mod routing;
