//! Requests of web pages.

use std::net::IpAddr;

use http::header::{HOST, ORIGIN};
use http::uri::Authority;
use http::{HeaderMap, Uri};

/// Header of browsers that says where a request comes from.
const SEC_FETCH_SITE: &str = "sec-fetch-site";

/// Whether a request is for a name of this machine.
///
/// Guards against DNS rebinding: a page can have its own name resolve to this machine after it is
/// loaded, and then has the origin of the server. But its name stays in `Host`. Browsers always send
/// one.
pub(super) fn is_local(uri: &Uri, headers: &HeaderMap) -> bool {
    let hosts = headers.get_all(HOST).iter().map(|host| Authority::try_from(host.as_bytes()).ok());
    let named = uri.authority().map(|authority| Some(authority.clone()));
    hosts.chain(named).all(|host| host.is_some_and(|host| is_loopback(host.host())))
}

/// Whether a page of another site makes the request. A typed address and a page of this server are
/// no such request.
pub(super) fn is_from_page(headers: &HeaderMap) -> bool {
    let mut sites = headers.get_all(SEC_FETCH_SITE).iter();
    headers.contains_key(ORIGIN) || sites.any(|site| site != "none" && site != "same-origin")
}

/// Whether a host is a loopback address, or `localhost` or a name below it, which browsers do not
/// look up.
fn is_loopback(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let last = host.rsplit('.').next().unwrap_or(host);
    if last.eq_ignore_ascii_case("localhost") {
        return true;
    }
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    address.parse::<IpAddr>().is_ok_and(|ip| ip.to_canonical().is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_machine() {
        for host in [
            "localhost",
            "LocalHost.",
            "fake.localhost",
            "127.0.0.1",
            "127.1.2.3",
            "[::1]",
            "[::ffff:127.0.0.1]",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "notlocalhost",
            "10.0.0.1",
            "0.0.0.0",
            "127.1",
            "2130706433",
            "[::]",
            "[::2]",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
