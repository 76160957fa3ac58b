//! Authentication schemes, for clients and servers.
//!
//! | scheme | header | proves that the caller |
//! |---|---|---|
//! | [`ApiKey`] | `Authorization: ApiKey-v1 <key>` | has the key |
//! | [`ContentSignature`] | `Content-Signature: signer=<application>; signature=<digest>` | has the key and signed this body; only in the API of June 2020 |
//!
//! [`OperationInfo::auth`](crate::OperationInfo::auth) lists the schemes that an operation accepts.
//! Secrets appear neither in `Debug`, nor in errors, nor in the `Debug` of headers.

mod api_key;
mod application_key;
mod content_signature;

pub use api_key::{API_KEY_PREFIX, ApiKey};
pub use application_key::ApplicationKey;
pub use content_signature::{CONTENT_SIGNATURE, ContentSignature};
