//! A name for one request, under which the service keeps its reply.

use std::fmt;

use http::HeaderValue;
use talon_core::{Error, ErrorKind, Result};
use uuid::Uuid;

/// Longest key that the service takes, in characters.
const MAX_LENGTH: usize = 255;

/// Value of the header `Idempotency-Key`: the service does what was asked once, and answers every
/// repeat with the same key within 24 hours as it answered the first.
///
/// The client makes up one for each call whose operation honours the header, and sends it with all
/// attempts. Choose your own to make a repeat safe that the client does not know of: after a crash
/// of the shop, or from a queue. Then derive it from what happens once in the shop, such as the
/// number of the order and the step.
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
    /// A key of 1 to 255 visible ASCII characters.
    ///
    /// # Errors
    /// [`Config`](ErrorKind::Config) when it is empty, longer, or has other characters; the error
    /// does not show it.
    pub fn new(key: &str) -> Result<Self> {
        if key.is_empty()
            || key.len() > MAX_LENGTH
            || !key.bytes().all(|byte| byte.is_ascii_graphic())
        {
            return Err(invalid());
        }
        HeaderValue::from_str(key).map(Self).map_err(|_| invalid())
    }

    /// A key that nobody else has: a random UUID.
    ///
    /// # Panics
    /// When the system has no random numbers.
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

/// Hides the key, in which callers may put an id.
impl fmt::Debug for IdempotencyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdempotencyKey(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_the_service_would_not_take_are_refused() {
        let long = "x".repeat(256);
        for key in ["", " ", "a b", "a\r\nx: y", "a\0", "é", &long] {
            let error = IdempotencyKey::new(key).unwrap_err();

            assert_eq!(error.kind(), ErrorKind::Config, "{key:?}");
        }
        assert!(IdempotencyKey::new(&long[1..]).is_ok());
    }

    #[test]
    fn debug_does_not_show_it() {
        let key = IdempotencyKey::new("order-of-anna").unwrap();

        assert_eq!(format!("{key:?}"), "IdempotencyKey(hidden)");
    }

    #[test]
    fn a_random_key_is_a_uuid() {
        assert_eq!(IdempotencyKey::random().as_str().len(), 36);
    }
}
