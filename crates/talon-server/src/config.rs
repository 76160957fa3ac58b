//! Addresses, limits and timeouts of a server.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

/// Address, limits and timeouts of a [`Server`](crate::Server); every field has a default.
///
/// ```
/// use std::time::Duration;
/// use talon_server::ServerConfig;
///
/// let config = ServerConfig::default()
///     .address(([0, 0, 0, 0], 8080))
///     .shutdown_grace(Duration::from_secs(30));
/// assert_eq!(config.max_body_bytes, 8 * 1024 * 1024);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServerConfig {
    /// Address to listen on; by default `127.0.0.1` with port 0. Port 0 means any free port.
    pub address: SocketAddr,
    /// Largest body of a request in bytes; 8 MiB by default. Larger ones are refused with 413.
    pub max_body_bytes: usize,
    /// Most bytes that the bodies of running requests and unsent replies use in memory together;
    /// 128 MiB by default, and at least `max_body_bytes`. Further requests are refused with 503 and
    /// `Retry-After: 1`. The first 64 KiB of each body do not count, so that small requests are
    /// always served.
    pub max_buffered_bytes: usize,
    /// Most connections that are served at once; 1024 by default, at least 1. Further connections
    /// wait.
    pub max_connections: usize,
    /// Longest time from the first byte of a request's head to its last; 10 seconds by default.
    /// Then the connection is closed.
    pub head_timeout: Duration,
    /// Longest time for the body of a request to arrive; 30 seconds by default. Then the request is
    /// refused with 408.
    pub body_timeout: Duration,
    /// Longest time that a connection stays open without a request; 2 minutes by default, which is
    /// longer than common clients keep an idle connection.
    pub idle_timeout: Duration,
    /// Longest time that a write of a reply waits for the client to read; 30 seconds by default.
    /// Then the connection is closed.
    pub write_timeout: Duration,
    /// Longest time that running requests may take at shutdown; 5 seconds by default. Then they are
    /// dropped.
    pub shutdown_grace: Duration,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            max_body_bytes: 8 * 1024 * 1024,
            max_buffered_bytes: 128 * 1024 * 1024,
            max_connections: 1024,
            head_timeout: Duration::from_secs(10),
            body_timeout: Duration::from_secs(30),
            idle_timeout: Duration::from_secs(120),
            write_timeout: Duration::from_secs(30),
            shutdown_grace: Duration::from_secs(5),
        }
    }
}

/// Setters, each named after its field.
macro_rules! setters {
    ($( $field:ident: $type:ty; )+) => {
        impl ServerConfig {
            $(
                #[doc = concat!("Sets [`", stringify!($field), "`](Self::", stringify!($field), ").")]
                #[must_use]
                pub fn $field(mut self, $field: impl Into<$type>) -> Self {
                    self.$field = $field.into();
                    self
                }
            )+
        }
    };
}

setters! {
    address: SocketAddr;
    max_body_bytes: usize;
    max_buffered_bytes: usize;
    max_connections: usize;
    head_timeout: Duration;
    body_timeout: Duration;
    idle_timeout: Duration;
    write_timeout: Duration;
    shutdown_grace: Duration;
}
