//! Scheme `api_key_v1`.

use std::fmt;

use bytes::Bytes;
use http::HeaderValue;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::{Error, ErrorKind, Result};

/// First word of the `Authorization` header.
pub const API_KEY_PREFIX: &str = "ApiKey-v1";

/// API key of an application.
///
/// It cannot be printed, serialized or compared by accident, and its memory is overwritten when it
/// is dropped.
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
///
/// It cannot be compared with `==`, whose duration depends on the key:
/// ```compile_fail,E0369
/// # use talon_core::auth::ApiKey;
/// assert!(ApiKey::new("a") == ApiKey::new("b"));
/// ```
/// or printed:
/// ```compile_fail,E0277
/// # use talon_core::auth::ApiKey;
/// println!("{}", ApiKey::new("a"));
/// ```
/// or serialized:
/// ```compile_fail,E0277
/// # use talon_core::auth::ApiKey;
/// let json = serde_json::to_string(&ApiKey::new("a"));
/// ```
#[derive(Clone)]
pub struct ApiKey(Zeroizing<String>);

impl ApiKey {
    /// A key as the service issued it: lowercase hexadecimal digits.
    pub fn new(key: impl Into<String>) -> Self {
        Self(Zeroizing::new(key.into()))
    }

    /// The secret in plain text.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether `presented` is this key. The duration depends only on the lengths.
    pub fn matches(&self, presented: &str) -> bool {
        self.0.as_bytes().ct_eq(presented.as_bytes()).into()
    }

    /// Value of the `Authorization` header, marked sensitive; `prefix` is usually
    /// [`API_KEY_PREFIX`]. Clones share their memory, which is overwritten when the last is dropped.
    ///
    /// # Errors
    /// [`Config`](ErrorKind::Config) when key or prefix is empty, or contains characters other
    /// than visible ASCII and spaces.
    pub fn to_header(&self, prefix: &str) -> Result<HeaderValue> {
        if self.0.trim().is_empty() || prefix.trim().is_empty() {
            return Err(Error::new(ErrorKind::Config, "the API key or its prefix is empty"));
        }
        // Allocated with its final capacity: growing would leave a copy of the key in memory.
        let mut text = Zeroizing::new(String::with_capacity(prefix.len() + 1 + self.0.len()));
        text.push_str(prefix);
        text.push(' ');
        text.push_str(&self.0);
        let fits = text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
        // Without the cause, whose message another library decides.
        let header = HeaderValue::from_maybe_shared(Bytes::from_owner(text));
        match header {
            Ok(mut header) if fits => {
                header.set_sensitive(true);
                Ok(header)
            }
            _ => {
                let message = "the API key or its prefix has characters that no header can carry";
                Err(Error::new(ErrorKind::Config, message))
            }
        }
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
    fn debug_output_contains_no_part_of_the_key() {
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
        for key in ["", " ", "abc\n", "abc\r\nX: y", "abc\0", "abc\t", "abcé", "\u{7f}abc"] {
            let error = ApiKey::new(key).to_header(API_KEY_PREFIX).unwrap_err();

            assert_eq!(error.kind(), ErrorKind::Config);
            assert!(!format!("{error} {error:?}").contains("abc"), "{error:?}");
        }
    }

    #[test]
    fn prefixes_no_header_can_carry_are_refused() {
        for prefix in ["", " ", "a\nb", "a\r\nX: y", "a\0", "é"] {
            let error = ApiKey::new("abc").to_header(prefix).unwrap_err();

            assert_eq!(error.kind(), ErrorKind::Config, "{prefix:?}");
        }
    }

    #[test]
    fn the_memory_of_a_key_is_overwritten() {
        fn is_wiped(_: &impl zeroize::ZeroizeOnDrop) {}

        is_wiped(&ApiKey::new("abc").0);
    }

    #[test]
    fn clones_of_a_header_share_the_key() {
        let header = ApiKey::new("abc").to_header(API_KEY_PREFIX).unwrap();

        assert_eq!(header.clone().as_bytes().as_ptr(), header.as_bytes().as_ptr());
    }
}
