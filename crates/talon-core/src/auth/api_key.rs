//! Scheme `api_key_v1`.

use std::fmt;

use http::HeaderValue;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::{Error, ErrorKind, Result};

/// First word of the `Authorization` header.
pub const API_KEY_PREFIX: &str = "ApiKey-v1";

/// Secret that lets a shop call the API, and says which application it is.
///
/// Cannot be printed, serialised or compared by accident; forgotten memory is overwritten.
///
/// ```
/// use talon_core::auth::{API_KEY_PREFIX, ApiKey};
///
/// let key = ApiKey::new("fefecafedeadbeef");
/// let header = key.to_header(API_KEY_PREFIX)?;
///
/// assert_eq!(format!("{key:?} {header:?}"), "ApiKey(hidden) Sensitive");
/// assert!(ApiKey::from_header(&header, API_KEY_PREFIX).unwrap().matches("fefecafedeadbeef"));
/// # Ok::<(), talon_core::Error>(())
/// ```
#[derive(Clone)]
pub struct ApiKey(Zeroizing<String>);

impl ApiKey {
    /// A key as the service issued it: lowercase hexadecimal digits.
    pub fn new(key: impl Into<String>) -> Self {
        Self(Zeroizing::new(key.into()))
    }

    /// The secret itself, for the few who must have it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether `presented` is this key. Takes as long for a near miss as for any other text of the
    /// same length.
    pub fn matches(&self, presented: &str) -> bool {
        self.0.as_bytes().ct_eq(presented.as_bytes()).into()
    }

    /// Value of the `Authorization` header, marked sensitive; `prefix` is usually
    /// [`API_KEY_PREFIX`].
    ///
    /// # Errors
    /// [`Config`](ErrorKind::Config) when the key is empty, or key or prefix hold what no header
    /// can carry, such as a line break.
    pub fn to_header(&self, prefix: &str) -> Result<HeaderValue> {
        if self.0.trim().is_empty() {
            return Err(Error::new(ErrorKind::Config, "the API key is empty"));
        }
        // The cause is left out: it adds nothing, and what it says is not ours to promise.
        let text = Zeroizing::new(format!("{prefix} {}", self.reveal()));
        let mut header = HeaderValue::from_str(&text).map_err(|_| {
            let message = "the API key or its prefix has characters that no header can carry";
            Error::new(ErrorKind::Config, message)
        })?;
        header.set_sensitive(true);
        Ok(header)
    }

    /// Reads a value of the `Authorization` header; `None` when it is of another scheme.
    pub fn from_header(header: &HeaderValue, prefix: &str) -> Option<Self> {
        let key = header.to_str().ok()?.strip_prefix(prefix)?.strip_prefix(' ')?.trim();
        (!key.is_empty()).then(|| Self::new(key))
    }
}

impl From<&str> for ApiKey {
    fn from(key: &str) -> Self {
        Self::new(key)
    }
}

impl From<String> for ApiKey {
    fn from(key: String) -> Self {
        Self::new(key)
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_part_of_the_key() {
        let key = ApiKey::new("fefecafedeadbeef");

        let shown = format!("{key:?} {:?}", key.to_header(API_KEY_PREFIX).unwrap());

        assert!(!shown.contains("fe"), "{shown}");
    }

    #[test]
    fn header_is_read_back() {
        let header = ApiKey::new("abc").to_header("ApiKey-v2").unwrap();

        assert_eq!(header, "ApiKey-v2 abc");
        assert!(ApiKey::from_header(&header, "ApiKey-v2").unwrap().matches("abc"));
    }

    #[test]
    fn other_schemes_are_no_key() {
        for value in
            ["Bearer abc", "ApiKey abc", "apikey-v1 abc", "ApiKey-v1", "ApiKey-v1abc", "ApiKey-v1 "]
        {
            let header = HeaderValue::from_static(value);

            assert!(ApiKey::from_header(&header, API_KEY_PREFIX).is_none(), "{value}");
        }
    }

    #[test]
    fn only_the_whole_key_matches() {
        let key = ApiKey::new("abc");

        assert!(key.matches("abc"));
        for other in ["", "ab", "abd", "abcd", "ABC"] {
            assert!(!key.matches(other), "{other}");
        }
    }

    #[test]
    fn keys_no_header_can_carry_are_refused_without_showing_them() {
        for key in ["", " ", "abc\n", "abc\r\nX: y"] {
            let error = ApiKey::new(key).to_header(API_KEY_PREFIX).unwrap_err();

            assert_eq!(error.kind(), ErrorKind::Config);
            assert!(!format!("{error} {error:?}").contains("abc"), "{error:?}");
        }
    }
}
