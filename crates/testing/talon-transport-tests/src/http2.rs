//! Servers for HTTP/2.

pub mod echo;
pub mod frames;
pub mod server;
