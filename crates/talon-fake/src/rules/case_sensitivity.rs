//! Whether the case of codes matters.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// Whether the case of coupon and referral codes matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CaseSensitivity {
    /// `Summer` and `SUMMER` are two codes.
    #[default]
    Sensitive,
    /// Codes are stored and matched in upper case.
    InsensitiveUppercase,
    /// Codes are stored and matched in lower case.
    InsensitiveLowercase,
}

impl CaseSensitivity {
    /// The code as it is stored.
    pub(crate) fn apply(self, code: &str) -> Cow<'_, str> {
        match self {
            Self::Sensitive => Cow::Borrowed(code),
            Self::InsensitiveUppercase => Cow::Owned(code.to_uppercase()),
            Self::InsensitiveLowercase => Cow::Owned(code.to_lowercase()),
        }
    }
}
