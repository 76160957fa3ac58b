//! Scheme `integration_auth`. Only in the API of June 2020.

use std::fmt;

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use hmac::{Hmac, KeyInit, Mac};
use http::{HeaderName, HeaderValue};
use md5::Md5;

use super::ApplicationKey;
use crate::ApplicationId;
use crate::param::whole_number;

/// Name of the header.
pub const CONTENT_SIGNATURE: HeaderName = HeaderName::from_static("content-signature");

/// Bytes of an MD5 digest.
const DIGEST: usize = 16;

/// Signature of a body: HMAC-MD5 of its bytes with the key of an application.
///
/// Method, path and time are not signed: whoever knows the header can send the same body again. The
/// header is therefore marked sensitive.
///
/// ```
/// use talon_core::auth::{ApplicationKey, ContentSignature};
///
/// let key = ApplicationKey::new("fefecafedeadbeef")?;
/// let signature = ContentSignature::sign(1.into(), &key, b"{}");
///
/// assert_eq!(
///     signature.to_header(),
///     "signer=1; signature=0ab22833fdd54e7d6f6a95dffd158d9e",
/// );
/// assert!(signature.verify(&key, b"{}"));
/// # Ok::<(), talon_core::Error>(())
/// ```
#[derive(Clone)]
pub struct ContentSignature {
    signer: ApplicationId,
    digest: [u8; DIGEST],
}

impl ContentSignature {
    /// Signs `body`, which may be empty.
    pub fn sign(signer: ApplicationId, key: &ApplicationKey, body: &[u8]) -> Self {
        Self { signer, digest: mac(key, body).finalize().into_bytes().into() }
    }

    /// Parses a header. Spaces between the parts are optional, and unknown parts are ignored.
    ///
    /// `None` when a part is missing or malformed.
    pub fn from_header(header: &HeaderValue) -> Option<Self> {
        let parts = header.to_str().ok()?.split(';').filter_map(|part| part.split_once('='));
        let (mut signer, mut digest) = (None, None);
        for (name, value) in parts {
            match name.trim() {
                "signer" => signer = whole_number::<i64>(value.trim()),
                "signature" => digest = HEXLOWER_PERMISSIVE.decode(value.trim().as_bytes()).ok(),
                _ => {}
            }
        }
        Some(Self { signer: signer?.into(), digest: digest?.try_into().ok()? })
    }

    /// Value of the [`CONTENT_SIGNATURE`] header, marked sensitive.
    #[allow(clippy::missing_panics_doc, reason = "digits fit in a header")]
    pub fn to_header(&self) -> HeaderValue {
        let digest = HEXLOWER.encode(&self.digest);
        let text = format!("signer={}; signature={digest}", self.signer);
        let mut header = HeaderValue::from_str(&text).expect("digits fit in a header");
        header.set_sensitive(true);
        header
    }

    /// Id of the application that signed.
    pub fn signer(&self) -> ApplicationId {
        self.signer
    }

    /// Whether `key` signed `body`, compared in constant time.
    pub fn verify(&self, key: &ApplicationKey, body: &[u8]) -> bool {
        mac(key, body).verify_slice(&self.digest).is_ok()
    }
}

fn mac(key: &ApplicationKey, body: &[u8]) -> Hmac<Md5> {
    let mac = Hmac::<Md5>::new_from_slice(key.as_bytes()).expect("HMAC takes keys of any length");
    mac.chain_update(body)
}

impl fmt::Debug for ContentSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ContentSignature").field("signer", &self.signer).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bodies and their digests with the key `fefecafedeadbeef`.
    const VECTORS: [(&str, &str); 5] = [
        ("", "0dbc664752c37541281e3eef8eee0d2d"),
        ("{}", "0ab22833fdd54e7d6f6a95dffd158d9e"),
        ("null", "1e559fe209653f16c3468fd27bef9e64"),
        (r#"{"state":"closed"}"#, "1648e5991cbd1f05df8348be2f43992a"),
        (
            r#"{"attributes":{"Email":"happycustomer@example.org"}}"#,
            "7a50137887dd35072ec4d35169105445",
        ),
    ];

    fn key() -> ApplicationKey {
        ApplicationKey::new("fefecafedeadbeef").unwrap()
    }

    #[test]
    fn known_bodies_have_known_signatures() {
        for (body, digest) in VECTORS {
            let header = ContentSignature::sign(7.into(), &key(), body.as_bytes()).to_header();

            assert_eq!(header, format!("signer=7; signature={digest}"));
        }
    }

    #[test]
    fn known_signatures_verify() {
        for (body, digest) in VECTORS {
            let header = format!("signer=7; signature={digest}").parse().unwrap();

            let signature = ContentSignature::from_header(&header).unwrap();

            assert!(signature.verify(&key(), body.as_bytes()), "{body}");
            assert!(!signature.verify(&key(), b"another body"));
            assert!(!signature.verify(&ApplicationKey::new("fefe").unwrap(), body.as_bytes()));
        }
    }

    #[test]
    fn blanks_and_order_do_not_matter() {
        let digest = VECTORS[1].1;
        for text in [
            format!("signer=7;signature={digest}"),
            format!("  signer = 7 ;  signature = {digest} "),
            format!("signature={}; signer=7", digest.to_uppercase()),
        ] {
            let signature = ContentSignature::from_header(&text.parse().unwrap()).expect(&text);

            assert_eq!(signature.signer(), 7.into());
            assert!(signature.verify(&key(), b"{}"));
        }
    }

    #[test]
    fn malformed_headers_are_no_signature() {
        let digest = VECTORS[1].1;
        let signed = ["+7", "x", "", "7.0"].map(|it| format!("signer={it}; signature={digest}"));
        let others = ["", "signer=7", "signature=00", "signer=7; signature=zz"].map(str::to_owned);
        for text in signed.into_iter().chain(others) {
            assert!(ContentSignature::from_header(&text.parse().unwrap()).is_none(), "{text}");
        }
    }

    #[test]
    fn debug_shows_no_part_of_the_signature() {
        let signature = ContentSignature::sign(7.into(), &key(), b"{}");

        let shown = format!("{signature:?} {:?}", signature.to_header());

        assert!(!shown.contains("0ab2"), "{shown}");
    }
}
