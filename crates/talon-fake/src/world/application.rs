//! The application that API keys belong to.

use serde::{Deserialize, Serialize};
use talon_core::{ApplicationId, CatalogId};

use super::{IntegrationKey, World};
use crate::rules::CaseSensitivity;

/// The application that API keys belong to.
///
/// The keys of a fake are not secret, and are part of the world file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Application {
    /// Its id; 1 unless given.
    pub id: ApplicationId,
    /// API keys that it accepts; `demo-key` unless given.
    pub api_keys: Vec<IntegrationKey>,
    /// Key of the signature scheme, in hex; `fefecafedeadbeef` unless given.
    pub application_key: String,
    /// IANA name of the time zone of dates, weekdays and hours in rules, and of the periods of
    /// limits; `UTC` unless given.
    pub time_zone: String,
    /// Whether the case of codes matters; `sensitive` unless given.
    pub case_sensitivity: CaseSensitivity,
    /// Which of the running campaigns are evaluated; `stackable`, all of them, unless given.
    pub evaluation_mode: EvaluationMode,
    /// Catalog that sessions read prices, attributes and products of items from; none unless given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub catalog_id: Option<CatalogId>,
    /// Whether changes of prices in that catalog are recorded, for `bestPriorPrice`; `true` unless
    /// given.
    pub enable_best_prior_price: bool,
}

/// Which of the running campaigns are evaluated.
///
/// The service has groups of campaigns, each with its mode; a world is one group.
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

impl Default for Application {
    fn default() -> Self {
        Self {
            id: 1.into(),
            api_keys: vec!["demo-key".into()],
            application_key: "fefecafedeadbeef".to_owned(),
            time_zone: "UTC".to_owned(),
            case_sensitivity: CaseSensitivity::default(),
            evaluation_mode: EvaluationMode::default(),
            catalog_id: None,
            enable_best_prior_price: true,
        }
    }
}

impl World {
    /// Sets the id of the application.
    #[must_use]
    pub fn application_id(mut self, id: impl Into<ApplicationId>) -> Self {
        self.application.id = id.into();
        self
    }

    /// Sets the key of the signature scheme, in hex.
    #[must_use]
    pub fn application_key(mut self, hex: impl Into<String>) -> Self {
        self.application.application_key = hex.into();
        self
    }

    /// Sets whether changes of prices in the catalog are recorded, for `bestPriorPrice`.
    #[must_use]
    pub fn enable_best_prior_price(mut self, enabled: bool) -> Self {
        self.application.enable_best_prior_price = enabled;
        self
    }

    /// Sets the time zone by its IANA name, such as `Europe/Berlin`.
    #[must_use]
    pub fn time_zone(mut self, name: impl Into<String>) -> Self {
        self.application.time_zone = name.into();
        self
    }

    /// Sets whether the case of codes matters.
    #[must_use]
    pub fn case_sensitivity(mut self, case: CaseSensitivity) -> Self {
        self.application.case_sensitivity = case;
        self
    }

    /// Sets which of the running campaigns are evaluated.
    #[must_use]
    pub fn evaluation_mode(mut self, mode: EvaluationMode) -> Self {
        self.application.evaluation_mode = mode;
        self
    }
}
