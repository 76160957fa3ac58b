//! Proof of who is calling, for callers and for servers.
//!
//! | scheme | header | proves |
//! |---|---|---|
//! | [`ApiKey`] | `Authorization: ApiKey-v1 <key>` | the caller knows the key |
//! | [`ContentSignature`] | `Content-Signature: signer=<application>; signature=<digest>` | the caller knows the key and wrote this body; of 2020 |
//!
//! Which of them an operation accepts is in [`OperationInfo::auth`](crate::OperationInfo::auth).
//! Values of this module never show their secrets: not in `Debug`, not in errors, not in the
//! `Debug` of the headers they write.

mod api_key;
mod application_key;
mod content_signature;

pub use api_key::{API_KEY_PREFIX, ApiKey};
pub use application_key::ApplicationKey;
pub use content_signature::{CONTENT_SIGNATURE, ContentSignature};
