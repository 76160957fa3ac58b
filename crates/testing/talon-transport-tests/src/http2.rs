//! Servers that speak HTTP/2 alone.

pub mod echo;
pub mod frames;
pub mod raw;
