//! Requests of web pages.

use std::net::IpAddr;

use http::header::{HOST, ORIGIN};
use http::uri::Authority;
use http::{HeaderMap, HeaderValue, Uri};

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

/// Whether a page of another origin makes the request. A typed address and the page of this server
/// make no such request.
///
/// The origin of a page of this server is the `Host` of the request, which is a name of this machine
/// by [`is_local`].
pub(super) fn is_from_page(headers: &HeaderMap) -> bool {
    let host = headers.get(HOST).map(HeaderValue::as_bytes);
    let is_own = |origin: &HeaderValue| {
        let named = origin.as_bytes().strip_prefix(b"http://");
        named.is_some() && named == host
    };
    let mut sites = headers.get_all(SEC_FETCH_SITE).iter();
    !headers.get_all(ORIGIN).iter().all(is_own)
        || sites.any(|site| site != "none" && site != "same-origin")
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

    #[test]
    fn pages_of_this_server_and_of_others() {
        let request = |headers: &[(&'static str, &'static str)]| {
            let named = |(name, value): &(&'static str, &'static str)| {
                ((*name).parse().expect("a name"), HeaderValue::from_static(value))
            };
            headers.iter().map(named).collect::<HeaderMap>()
        };
        let own = [("host", "localhost:8080"), ("origin", "http://localhost:8080")];
        for headers in [&[][..], &own, &[("sec-fetch-site", "same-origin")]] {
            assert!(!is_from_page(&request(headers)), "{headers:?}");
        }
        for origin in [
            "null",
            "",
            "http://localhost:3000",
            "http://127.0.0.1:8080",
            "https://localhost:8080",
            "http://localhost:8080.evil.example",
        ] {
            assert!(is_from_page(&request(&[own[0], ("origin", origin)])), "{origin}");
        }
        assert!(is_from_page(&request(&[own[0], own[1], ("sec-fetch-site", "cross-site")])));
        assert!(is_from_page(&request(&[("origin", "http://")])));
    }
}
