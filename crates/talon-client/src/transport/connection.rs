//! Settings of pooled connections, the same in every transport.

use std::time::Duration;

/// Longest time that an idle connection stays in the pool, 45 seconds.
///
/// Load balancers usually close idle connections after 60 seconds. A request on a connection that
/// is being closed looks as if it may have been applied, so the pool closes first.
pub const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(45);

/// Time between keep-alive pings of an HTTP/2 connection, 10 seconds.
///
/// Without pings, calls on a dead connection time out until the system notices.
pub const HTTP2_PING_INTERVAL: Duration = Duration::from_secs(10);

/// Longest time that the reply to a keep-alive ping may take, 5 seconds; then the connection is
/// closed.
pub const HTTP2_PING_TIMEOUT: Duration = Duration::from_secs(5);
