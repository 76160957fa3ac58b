//! What a call over HTTP has in addition to its request.

use std::collections::BTreeMap;
use std::time::Duration;

use http::header::{
    ACCEPT, ACCEPT_ENCODING, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT,
};
use http::{HeaderMap, HeaderName, HeaderValue, Uri};

/// What stands in place of a secret.
const HIDDEN: &[u8] = b"(hidden)";

/// Parts of names of headers that hold secrets.
const SECRETS: &[&str] = &["authorization", "cookie", "password", "secret", "signature", "token"];

/// Headers of nearly all requests, none of which holds a secret.
const COMMON: [HeaderName; 7] =
    [ACCEPT, ACCEPT_ENCODING, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, HOST, USER_AGENT];

/// A request over HTTP as it was sent, and how long its reply took.
///
/// Path, headers and body are copied into one piece of memory: as the server has them, they share the
/// buffer of a connection, which has many times their size.
#[derive(Debug)]
pub(crate) struct HttpDetails {
    text: Box<[u8]>,
    /// Where the headers begin, and where the body does.
    headers_at: usize,
    body_at: usize,
    /// From the arrival of the request to its reply; `None` of a request that was refused before its
    /// body arrived.
    duration: Option<Duration>,
}

impl HttpDetails {
    /// A request with headers whose secrets will be hidden.
    pub(crate) fn new(
        uri: &Uri,
        headers: &HeaderMap,
        body: &[u8],
        duration: Option<Duration>,
    ) -> Self {
        let path = uri.path_and_query().map_or_else(|| uri.path(), |path| path.as_str());
        let shown = |(name, value)| (name, shown_value(name, value));
        let lengths = headers.iter().map(shown).map(|(name, value)| line_length(name, value));
        let (headers_at, length) = (path.len(), lengths.sum::<usize>());
        let mut text = Vec::with_capacity(headers_at + length + body.len());
        text.extend_from_slice(path.as_bytes());
        for (name, value) in headers.iter().map(shown) {
            text.extend_from_slice(name.as_str().as_bytes());
            text.push(b':');
            text.extend_from_slice(value);
            text.push(b'\n');
        }
        text.extend_from_slice(body);
        Self { text: text.into(), headers_at, body_at: headers_at + length, duration }
    }

    /// Path and query.
    pub(crate) fn path(&self) -> &str {
        // It was the text of a URI.
        str::from_utf8(&self.text[..self.headers_at]).unwrap_or_default()
    }

    pub(crate) fn query(&self) -> Option<&str> {
        self.path().split_once('?').map(|(_, query)| query)
    }

    pub(crate) fn body(&self) -> &[u8] {
        &self.text[self.body_at..]
    }

    pub(crate) fn duration(&self) -> Option<Duration> {
        self.duration
    }

    /// Headers by name; several values of a name are joined by commas.
    pub(super) fn headers_by_name(&self) -> BTreeMap<String, String> {
        let mut by_name = BTreeMap::<String, String>::new();
        let lines = self.text[self.headers_at..self.body_at].split(|byte| *byte == b'\n');
        for line in lines.filter(|line| !line.is_empty()) {
            let end = line.iter().position(|byte| *byte == b':').unwrap_or(line.len());
            let [name, value] = [&line[..end], line.get(end + 1..).unwrap_or_default()];
            let known = by_name.entry(String::from_utf8_lossy(name).into_owned()).or_default();
            if !known.is_empty() {
                known.push_str(", ");
            }
            known.push_str(&String::from_utf8_lossy(value));
        }
        by_name
    }
}

/// Length of a name, a colon, a value and a line feed, which neither has in it.
fn line_length(name: &HeaderName, value: &[u8]) -> usize {
    name.as_str().len() + value.len() + 2
}

/// The value of a header as a record has it: a secret is hidden.
fn shown_value<'a>(name: &HeaderName, value: &'a HeaderValue) -> &'a [u8] {
    if value.is_sensitive() || is_secret(name) { HIDDEN } else { value.as_bytes() }
}

/// Whether a header holds a secret, such as `x-api-key`; an `Idempotency-Key` is none.
fn is_secret(name: &HeaderName) -> bool {
    if COMMON.contains(name) {
        return false;
    }
    let name = name.as_str();
    let is_key = name.contains("key") && name != "idempotency-key";
    is_key || SECRETS.iter().any(|part| name.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(headers: &HeaderMap) -> BTreeMap<String, String> {
        HttpDetails::new(&Uri::from_static("/a?b=1"), headers, b"body\n", None).headers_by_name()
    }

    #[test]
    fn headers_with_secrets_are_hidden() {
        for (name, is_hidden) in [
            ("authorization", true),
            ("content-signature", true),
            ("x-control-token", true),
            ("cookie", true),
            ("x-api-key", true),
            ("idempotency-key", false),
            ("content-type", false),
            ("user-agent", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static("s3cret"));

            assert_eq!(shown(&headers)[name] == "(hidden)", is_hidden, "{name}");
        }
    }

    #[test]
    fn no_common_header_is_named_like_a_secret() {
        for name in &COMMON {
            let parts = SECRETS.iter().chain(&["key"]);
            assert!(!parts.into_iter().any(|part| name.as_str().contains(part)), "{name}");
        }
    }

    #[test]
    fn a_value_that_is_marked_as_a_secret_is_hidden() {
        let mut value = HeaderValue::from_static("s3cret");
        value.set_sensitive(true);
        let headers = HeaderMap::from_iter([(HeaderName::from_static("x-shop"), value)]);

        assert_eq!(shown(&headers)["x-shop"], "(hidden)");
    }

    #[test]
    fn all_parts_are_kept() {
        let mut headers = HeaderMap::new();
        for value in ["a: b", "", "\tc"] {
            headers.append("x-shop", HeaderValue::from_static(value));
        }
        headers.append("x-empty", HeaderValue::from_static(""));
        let uri = Uri::from_static("http://shop/a?b=1");

        let details = HttpDetails::new(&uri, &headers, b"x:y\nz", None);

        assert_eq!((details.path(), details.query()), ("/a?b=1", Some("b=1")));
        assert_eq!(details.body(), b"x:y\nz");
        let expected = [("x-empty", ""), ("x-shop", "a: b, , \tc")];
        let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(details.headers_by_name(), expected.into());
    }
}
