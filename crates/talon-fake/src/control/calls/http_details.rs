//! What a call over HTTP has in addition to its request.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Uri};

/// What stands in place of a secret.
const HIDDEN: &str = "(hidden)";

/// Parts of names of headers that hold secrets.
const SECRETS: &[&str] = &["authorization", "cookie", "password", "secret", "signature", "token"];

/// A request over HTTP as it was sent, and how long its reply took.
#[derive(Debug)]
pub(crate) struct HttpDetails {
    pub(crate) uri: Uri,
    /// Without secrets.
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) body: Bytes,
    /// From the arrival of the request to its reply; `None` of a request that was refused before its
    /// body arrived.
    pub(crate) duration: Option<Duration>,
}

/// Headers as a record keeps them: secrets are hidden.
pub(crate) fn shown_headers(headers: &HeaderMap) -> Vec<(HeaderName, HeaderValue)> {
    let shown = |(name, value): (&HeaderName, &HeaderValue)| {
        let is_secret = value.is_sensitive() || is_secret(name.as_str());
        let value = if is_secret { HeaderValue::from_static(HIDDEN) } else { value.clone() };
        (name.clone(), value)
    };
    headers.iter().map(shown).collect()
}

/// Whether a header holds a secret, such as `x-api-key`; an `Idempotency-Key` is none.
fn is_secret(name: &str) -> bool {
    let is_key = name.contains("key") && name != "idempotency-key";
    is_key || SECRETS.iter().any(|part| name.contains(part))
}

impl HttpDetails {
    /// Headers by name; several values of a name are joined by commas.
    pub(super) fn headers_by_name(&self) -> BTreeMap<String, String> {
        let mut by_name = BTreeMap::<String, String>::new();
        for (name, value) in &self.headers {
            let value = String::from_utf8_lossy(value.as_bytes());
            let known = by_name.entry(name.to_string()).or_default();
            if !known.is_empty() {
                known.push_str(", ");
            }
            known.push_str(&value);
        }
        by_name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            let shown = shown_headers(&headers);
            assert_eq!(shown[0].1 == HIDDEN, is_hidden, "{name}");
        }
    }

    #[test]
    fn a_value_that_is_marked_as_a_secret_is_hidden() {
        let mut value = HeaderValue::from_static("s3cret");
        value.set_sensitive(true);
        let headers = HeaderMap::from_iter([(HeaderName::from_static("x-shop"), value)]);

        assert_eq!(shown_headers(&headers)[0].1, HIDDEN);
    }
}
