//! `--host` and `--port`: where the server listens.

use std::net::SocketAddr;

use clap::ArgMatches;
use talon_server::{Server, ServerConfig};
use tokio::net::lookup_host;

use crate::CliError;

/// Binds to the address, or to the first address of the host name that can be bound. IPv4 comes
/// first: clients that resolve `localhost` try it in any case.
pub(super) async fn bind(matches: &ArgMatches) -> Result<Server, CliError> {
    let host = matches.get_one::<String>("host").map_or("127.0.0.1", String::as_str);
    let port = matches.get_one::<u16>("port").copied().unwrap_or_default();
    // IPv6 addresses may have the brackets of a URL.
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    let found = lookup_host((bare, port)).await;
    let mut addresses: Vec<SocketAddr> = found
        .map_err(|error| CliError::usage(format!("cannot find the host {host}: {error}")))?
        .collect();
    addresses.sort_by_key(SocketAddr::is_ipv6);
    let mut reason = "it has no address".to_owned();
    for address in addresses {
        match Server::bind(ServerConfig::default().address(address)).await {
            Ok(server) => return Ok(server),
            Err(error) => reason = format!("{address}: {error}"),
        }
    }
    Err(CliError::usage(format!("cannot listen on {host} port {port}: {reason}")))
}
