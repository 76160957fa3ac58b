//! How a server behaves.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

/// How a [`Server`](crate::Server) behaves; every field has a default.
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
    /// Where to listen; `127.0.0.1`, any free port by default. Port 0 is any free port.
    pub address: SocketAddr,
    /// Longest body of a request; 8 MiB by default. Longer ones are refused with 413.
    pub max_body_bytes: usize,
    /// How many bytes the bodies of all requests under way may take together, and replies that are
    /// not sent yet; 128 MiB by default, and never less than one longest body. Further requests are
    /// refused with 503, and may be sent again a second later. Of each body the first 64 KiB do not
    /// count, so that small requests are served whatever the large ones do.
    pub max_buffered_bytes: usize,
    /// How many connections are served at once; 1024 by default, at least one. More of them wait.
    pub max_connections: usize,
    /// How long the head of a request may take from its first byte on; 10 seconds by default.
    /// Then the connection is closed.
    pub head_timeout: Duration,
    /// How long the body of a request may take; 30 seconds by default. Then it is refused with
    /// 408.
    pub body_timeout: Duration,
    /// How long a connection may stay open without a request; 2 minutes by default, which is
    /// longer than common clients keep one.
    pub idle_timeout: Duration,
    /// How long a client may leave a reply unread; 30 seconds by default. Then the connection is
    /// closed.
    pub write_timeout: Duration,
    /// How long running requests may take once the server shuts down; 5 seconds by default.
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
