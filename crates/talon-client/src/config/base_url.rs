//! Checks the base URL and appends the paths of the API.

use std::net::IpAddr;

use http::Uri;
use http::uri::{Authority, Parts, PathAndQuery, Scheme};
use talon_core::{Error, ErrorKind, Result};

/// Longest URL that `http::Uri` can parse, which some HTTP libraries do again.
const MAX_URL_BYTES: usize = 65_534;

/// A valid base URL, without a slash at the end.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl {
    text: String,
    scheme: Scheme,
    authority: Authority,
    /// Prefix of the paths of the API; usually empty.
    path: String,
}

impl BaseUrl {
    /// Checks `text`.
    ///
    /// # Errors
    /// [`Config`](ErrorKind::Config) without the URL: the invalid part may be a secret.
    pub(crate) fn parse(text: &str, allow_plain_http: bool) -> Result<Self> {
        // `Uri` drops fragments silently.
        if text.contains('#') {
            return Err(invalid("has a fragment (#)"));
        }
        let uri: Uri = text
            .parse()
            .map_err(|error| invalid("is no URL").into_builder().source(error).build())?;
        let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
            return Err(invalid(
                "is no absolute URL such as https://example.europe-west1.talon.one",
            ));
        };
        if *scheme != Scheme::HTTP && *scheme != Scheme::HTTPS {
            return Err(invalid("is neither http nor https"));
        }
        if authority.as_str().contains('@') {
            return Err(invalid("has a user name or password; use an API key"));
        }
        if authority.host().is_empty() || authority.as_str().ends_with(':') {
            return Err(invalid("has no host, or an empty port"));
        }
        if uri.query().is_some() {
            return Err(invalid("has a query (?)"));
        }
        if uri.path().split('/').any(is_dot_segment) {
            return Err(invalid("has `.` or `..` in its path"));
        }
        if *scheme == Scheme::HTTP && !allow_plain_http && !is_loopback(authority.host()) {
            return Err(invalid("is http to another machine; use https, or allow plain http"));
        }
        let path = uri.path().trim_end_matches('/').to_owned();
        let text = format!("{scheme}://{authority}{path}");
        Ok(Self { text, scheme: scheme.clone(), authority: authority.clone(), path })
    }

    /// Host of the service, without the brackets of an IPv6 address.
    pub(crate) fn host(&self) -> &str {
        self.authority.host().trim_start_matches('[').trim_end_matches(']')
    }

    /// Port of the service, that of the scheme if the URL has none.
    pub(crate) fn port(&self) -> u16 {
        let default = if self.scheme == Scheme::HTTPS { 443 } else { 80 };
        self.authority.port_u16().unwrap_or(default)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Makes the path and query of a raw request absolute, after a check that they stay below this
    /// URL.
    ///
    /// # Errors
    /// [`Encode`](ErrorKind::Encode) when the URI has a host, when its path does not begin with a
    /// slash or has `.` or `..`, or when the URL is too long.
    pub(crate) fn join_raw(&self, relative: Uri) -> Result<Uri> {
        let refused = |reason: &str| Err(Error::new(ErrorKind::Encode, reason));
        if relative.authority().is_some() {
            return refused("cannot be sent: its URI has a host; give only path and query");
        }
        if !relative.path().starts_with('/') {
            return refused("cannot be sent: its path does not begin with a slash");
        }
        if relative.path().split('/').any(is_dot_segment) {
            return refused("cannot be sent: its path has `.` or `..`");
        }
        self.join(relative)
    }

    /// Makes the path and query of a request absolute.
    ///
    /// # Errors
    /// [`Encode`](ErrorKind::Encode) when the URL is too long.
    pub(crate) fn join(&self, relative: Uri) -> Result<Uri> {
        let path = relative.path_and_query().map_or("", PathAndQuery::as_str);
        if self.text.len() + path.len() > MAX_URL_BYTES {
            return Err(too_long());
        }
        let mut parts = Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = if self.path.is_empty() {
            // Reused without parsing again.
            relative.into_parts().path_and_query
        } else {
            let path = PathAndQuery::try_from(format!("{}{path}", self.path));
            Some(path.map_err(|error| too_long().into_builder().source(error).build())?)
        };
        Uri::from_parts(parts).map_err(|error| too_long().into_builder().source(error).build())
    }
}

fn too_long() -> Error {
    Error::new(ErrorKind::Encode, "cannot be sent: its URL is too long")
}

fn invalid(reason: &str) -> Error {
    Error::new(ErrorKind::Config, format!("the base URL {reason}"))
}

/// Whether the segment is `.` or `..`, which URL libraries resolve: the key would go to another
/// path.
fn is_dot_segment(segment: &str) -> bool {
    let plain = segment.to_ascii_lowercase().replace("%2e", ".");
    plain == "." || plain == ".."
}

/// Whether `host` is a loopback address or `localhost`; no name is resolved.
fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(base: &str) -> String {
        let base = BaseUrl::parse(base, false).expect("a valid URL");
        base.join("/v1/events?dry=true".parse().unwrap()).unwrap().to_string()
    }

    #[test]
    fn paths_are_appended() {
        assert_eq!(joined("https://a.talon.one"), "https://a.talon.one/v1/events?dry=true");
        assert_eq!(joined("https://a.talon.one/"), "https://a.talon.one/v1/events?dry=true");
        assert_eq!(
            joined("https://a.talon.one:8443"),
            "https://a.talon.one:8443/v1/events?dry=true"
        );
        assert_eq!(joined("https://gate/talon"), "https://gate/talon/v1/events?dry=true");
        assert_eq!(joined("https://gate/talon/"), "https://gate/talon/v1/events?dry=true");
    }

    #[test]
    fn host_and_port_are_known() {
        for (base, host, port) in [
            ("https://a.talon.one/gate", "a.talon.one", 443),
            ("https://a.talon.one:8443", "a.talon.one", 8443),
            ("http://localhost", "localhost", 80),
            ("http://[::1]:9000", "::1", 9000),
        ] {
            let base = BaseUrl::parse(base, false).expect("a valid URL");

            assert_eq!((base.host(), base.port()), (host, port));
        }
    }

    #[test]
    fn a_raw_path_stays_below_the_url() {
        let base = BaseUrl::parse("https://gate/talon", false).expect("a valid URL");
        let joined = |uri: &str| base.join_raw(uri.parse().expect("a URI"));

        assert_eq!(joined("/v1/x?y=%2e%2e").unwrap(), "https://gate/talon/v1/x?y=%2e%2e");
        for uri in ["https://other/v1", "/v1/../x", "/%2e%2E/x", "*", "other:443"] {
            assert_eq!(joined(uri).unwrap_err().kind(), ErrorKind::Encode, "{uri}");
        }
    }

    #[test]
    fn a_url_that_is_too_long_is_refused() {
        for base in ["https://gate", "https://gate/talon"] {
            let room = MAX_URL_BYTES - base.len();
            let base = BaseUrl::parse(base, false).expect("a valid URL");
            let path = |length| format!("/{}", "x".repeat(length - 1)).parse().unwrap();

            assert_eq!(base.join(path(room)).unwrap().to_string().len(), MAX_URL_BYTES);
            assert_eq!(base.join(path(room + 1)).unwrap_err().kind(), ErrorKind::Encode);
        }
    }

    #[test]
    fn plain_http_is_allowed_only_for_this_machine() {
        for base in [
            "http://localhost:1",
            "http://LOCALHOST",
            "http://127.0.0.1",
            "http://127.9.9.9:80",
            "http://[::1]:8080",
        ] {
            assert!(BaseUrl::parse(base, false).is_ok(), "{base}");
        }
        for base in [
            "http://a.talon.one",
            "http://10.0.0.1",
            "http://[::2]",
            "http://localhost.example.com",
        ] {
            assert!(BaseUrl::parse(base, false).is_err(), "{base}");
            assert!(BaseUrl::parse(base, true).is_ok(), "{base}");
        }
    }

    #[test]
    fn invalid_urls_are_refused_with_a_reason_and_without_the_url() {
        for (base, reason) in [
            ("", "is no URL"),
            ("secret host", "is no URL"),
            ("secret.talon.one", "is no absolute URL"),
            ("/secret", "is no absolute URL"),
            ("ftp://secret", "is neither http nor https"),
            ("https://user:secret@host", "has a user name or password"),
            ("https://secret@host", "has a user name or password"),
            ("https://secret?key=1", "has a query"),
            ("https://secret#top", "has a fragment"),
            ("https://secret:", "has no host, or an empty port"),
            ("https://:443", "has no host, or an empty port"),
            ("https://host/secret/../x", "has `.` or `..` in its path"),
            ("https://host/secret/%2E./x", "has `.` or `..` in its path"),
            ("https://host/secret\r\nx: y", "is no URL"),
            ("https://host/secret\0", "is no URL"),
            ("http://secret", "is http to another machine"),
        ] {
            let error = BaseUrl::parse(base, false).expect_err(base);

            assert_eq!(error.kind(), ErrorKind::Config);
            assert!(error.to_string().contains(reason), "{base}: {error}");
            assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
        }
    }
}
