//! The shop behind an API key.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use talon_core::ApplicationId;

/// The shop behind an API key.
///
/// Keys of a fake open nothing; they are no secrets and stand in the world file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Application {
    /// Its id; 1 unless given.
    pub id: ApplicationId,
    /// API keys it answers to; `demo-key` unless given.
    pub api_keys: Vec<String>,
    /// Key of the signature scheme, in hex; `fefecafedeadbeef` unless given.
    pub application_key: String,
    /// IANA name of the time zone in which dates, weekdays and hours of rules and periods of
    /// limits are meant; `UTC` unless given.
    pub time_zone: String,
    /// Whether the case of codes matters; it does unless given.
    pub case_sensitivity: CaseSensitivity,
    /// Which of the campaigns that run are evaluated; all of them unless given.
    pub evaluation_mode: EvaluationMode,
}

/// Which of the campaigns that run are evaluated.
///
/// The service has groups of campaigns, each with a mode of its own; a world is one group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum EvaluationMode {
    /// All of them, one after another.
    #[default]
    Stackable,
    /// The first that has an effect.
    ListOrder,
    /// The one that gives the highest discount.
    HighestDiscount,
    /// The one that gives the lowest discount.
    LowestDiscount,
}

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

impl Default for Application {
    fn default() -> Self {
        Self {
            id: 1.into(),
            api_keys: vec!["demo-key".to_owned()],
            application_key: "fefecafedeadbeef".to_owned(),
            time_zone: "UTC".to_owned(),
            case_sensitivity: CaseSensitivity::default(),
            evaluation_mode: EvaluationMode::default(),
        }
    }
}
