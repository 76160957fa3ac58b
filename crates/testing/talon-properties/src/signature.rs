//! Arbitrary headers of authentication.

use http::HeaderValue;
use talon_core::auth::{API_KEY_PREFIX, ApiKey, ApplicationKey, ContentSignature};

/// A parsed header is written equally. A signature matches only its body and key. No output contains a
/// key.
///
/// The first line is the value of a header, the second a key, the rest a body.
///
/// # Panics
/// When the property does not hold.
pub fn check(input: &[u8]) {
    let mut parts = input.splitn(3, |byte| *byte == b'\n');
    let mut next = || parts.next().unwrap_or_default();
    let (header, key, body) = (next(), next(), next());
    let key = str::from_utf8(key).unwrap_or("fefecafedeadbeef");
    if let Ok(header) = HeaderValue::from_bytes(header) {
        check_api_key_header(&header);
        check_signature_header(&header, key, body);
    }
    check_api_key(key);
    check_signature(key, body);
}

fn check_api_key_header(header: &HeaderValue) {
    let Some(key) = ApiKey::from_header(header, API_KEY_PREFIX) else { return };
    let Ok(written) = key.to_header(API_KEY_PREFIX) else {
        // All other characters of a header can be written to a header.
        return assert!(key.reveal().contains('\t'));
    };
    let again = ApiKey::from_header(&written, API_KEY_PREFIX).expect("what was written is read");
    assert!(again.matches(key.reveal()));
}

fn check_signature_header(header: &HeaderValue, key: &str, body: &[u8]) {
    let Some(signature) = ContentSignature::from_header(header) else { return };
    let written = signature.to_header();
    let again = ContentSignature::from_header(&written).expect("what was written can be read");
    assert_eq!(again.to_header(), written);
    assert_eq!(again.signer(), signature.signer());
    if let Ok(key) = ApplicationKey::new(key) {
        let own = ContentSignature::sign(signature.signer(), &key, body);
        let is_equal = own.to_header() == written;
        assert_eq!(signature.verify(&key, body), is_equal, "{written:?}");
    }
}

/// A key is refused, or arrives in a header whose `Debug` output does not contain it.
fn check_api_key(text: &str) {
    let key = ApiKey::new(text);
    let Ok(header) = key.to_header(API_KEY_PREFIX) else { return };
    assert_eq!(format!("{key:?} {header:?}"), "ApiKey(hidden) Sensitive");
    let read = ApiKey::from_header(&header, API_KEY_PREFIX).expect("what was written is read");
    assert!(read.matches(text.trim()));
}

fn check_signature(key: &str, body: &[u8]) {
    let is_hex = !key.is_empty()
        && key.len().is_multiple_of(2)
        && key.bytes().all(|byte| byte.is_ascii_hexdigit());
    let key = match ApplicationKey::new(key) {
        Ok(key) => key,
        Err(error) => return assert!(!is_hex, "{error}"),
    };
    assert!(is_hex);
    let signature = ContentSignature::sign(7.into(), &key, body);
    assert!(signature.verify(&key, body));
    let another = [body, b"!"].concat();
    assert!(!signature.verify(&key, &another));
}
