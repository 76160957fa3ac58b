//! The key that makes retries of a request idempotent.

use std::fmt;

use http::HeaderValue;
use talon_core::{Error, ErrorKind, Result};
use uuid::Uuid;

/// Longest key that the service accepts, in characters.
const MAX_LENGTH: usize = 255;

/// Value of the header `Idempotency-Key`: the service processes a request with a key once, and
/// replies to each repeat within 24 hours with the first reply.
///
/// The client generates a random key for each call of an operation that supports the header, and
/// sends it with all attempts. Choose a key when the caller itself repeats calls, for example after
/// a crash or from a queue. Derive it from what happens once in the shop, such as the number of the
/// order and the step.
///
/// ```
/// use talon_client::IdempotencyKey;
///
/// let key = IdempotencyKey::new("order-4711/paid")?;
/// assert_eq!(key.as_str(), "order-4711/paid");
/// assert_ne!(IdempotencyKey::random(), IdempotencyKey::random());
/// # Ok::<(), talon_core::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(HeaderValue);

impl IdempotencyKey {
    /// Checks a key: 1 to 255 visible ASCII characters.
    ///
    /// # Errors
    /// [`Config`](ErrorKind::Config) when it is empty, longer, or has other characters. The error
    /// does not contain it.
    pub fn new(key: &str) -> Result<Self> {
        if key.is_empty()
            || key.len() > MAX_LENGTH
            || !key.bytes().all(|byte| byte.is_ascii_graphic())
        {
            return Err(invalid());
        }
        HeaderValue::from_str(key).map(Self).map_err(|_| invalid())
    }

    /// A new random key, a UUID of version 4.
    ///
    /// # Panics
    /// When the system's random number generator fails.
    #[allow(clippy::missing_panics_doc, reason = "a UUID is visible ASCII")]
    pub fn random() -> Self {
        let mut text = Uuid::encode_buffer();
        let text = Uuid::new_v4().hyphenated().encode_lower(&mut text);
        Self(HeaderValue::from_str(text).expect("a UUID is visible ASCII"))
    }

    /// The key as text.
    #[allow(clippy::missing_panics_doc, reason = "a key is visible ASCII")]
    pub fn as_str(&self) -> &str {
        self.0.to_str().expect("a key is visible ASCII")
    }

    pub(crate) fn to_header(&self) -> HeaderValue {
        self.0.clone()
    }
}

fn invalid() -> Error {
    Error::new(ErrorKind::Config, "the idempotency key is not 1 to 255 visible ASCII characters")
}

/// Hides the key, since callers may derive it from an id.
impl fmt::Debug for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdempotencyKey(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_keys_are_refused() {
        let long = "x".repeat(256);
        for key in ["", " ", "a b", "a\r\nx: y", "a\0", "é", &long] {
            let error = IdempotencyKey::new(key).unwrap_err();

            assert_eq!(error.kind(), ErrorKind::Config, "{key:?}");
        }
        assert!(IdempotencyKey::new(&long[1..]).is_ok());
    }

    #[test]
    fn debug_output_does_not_contain_the_key() {
        let key = IdempotencyKey::new("order-of-anna").unwrap();

        assert_eq!(format!("{key:?}"), "IdempotencyKey(hidden)");
    }

    #[test]
    fn a_random_key_is_a_uuid() {
        assert_eq!(IdempotencyKey::random().as_str().len(), 36);
    }
}
