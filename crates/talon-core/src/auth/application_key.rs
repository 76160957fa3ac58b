//! Key of the scheme `integration_auth`.

use std::fmt;

use data_encoding::HEXLOWER_PERMISSIVE;
use zeroize::Zeroizing;

use crate::{Error, ErrorKind, Result};

/// Secret key of an application that signs bodies.
///
/// Written in hexadecimal; signatures use the decoded bytes.
///
/// ```
/// use talon_core::auth::ApplicationKey;
///
/// let key = ApplicationKey::new("fefecafedeadbeef")?;
///
/// assert_eq!(format!("{key:?}"), "ApplicationKey(hidden)");
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// It cannot be compared, printed or serialized:
/// ```compile_fail,E0369
/// # use talon_core::auth::ApplicationKey;
/// # fn check(key: ApplicationKey, other: ApplicationKey) {
/// assert!(key == other);
/// # }
/// ```
/// ```compile_fail,E0277
/// # use talon_core::auth::ApplicationKey;
/// # fn print(key: ApplicationKey) {
/// println!("{key}");
/// # }
/// ```
/// ```compile_fail,E0277
/// # use talon_core::auth::ApplicationKey;
/// # fn write(key: ApplicationKey) {
/// let json = serde_json::to_string(&key);
/// # }
/// ```
#[derive(Clone)]
pub struct ApplicationKey(Zeroizing<Vec<u8>>);

impl ApplicationKey {
    /// Reads a key as the service issued it, usually 16 hexadecimal digits of either case.
    ///
    /// # Errors
    /// [`Config`](ErrorKind::Config) when it is empty or not hexadecimal.
    pub fn new(hex: &str) -> Result<Self> {
        // Without the cause, which contains a digit of the key.
        let bytes = Zeroizing::new(HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).unwrap_or_default());
        if bytes.is_empty() {
            let message = "the application key is not an even number of hexadecimal digits";
            return Err(Error::new(ErrorKind::Config, message));
        }
        Ok(Self(bytes))
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for ApplicationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApplicationKey(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_either_case_are_the_same_key() {
        let lower = ApplicationKey::new("fefecafe").unwrap();
        let upper = ApplicationKey::new("FEFECAFE").unwrap();

        assert_eq!(lower.as_bytes(), upper.as_bytes());
    }

    #[test]
    fn the_memory_of_a_key_is_overwritten() {
        fn is_wiped(_: &impl zeroize::ZeroizeOnDrop) {}

        is_wiped(&ApplicationKey::new("fefe").unwrap().0);
    }

    #[test]
    fn what_is_not_hexadecimal_is_refused_without_showing_it() {
        for key in ["", "abc", "secret", "fe fe", "fefe\n"] {
            let error = ApplicationKey::new(key).unwrap_err();

            assert_eq!(error.kind(), ErrorKind::Config);
            assert!(key.is_empty() || !format!("{error:?}").contains(key), "{error:?}");
        }
    }
}
