//! Experiments of campaigns.

use serde::{Deserialize, Serialize};
use talon_core::CampaignId;

use super::World;

/// An experiment, which a campaign is part of: its effects name the experiment.
///
/// The variant of a customer is the one that the session names if the shop assigns variants, else one by
/// the weights. It is reported by `campaignEligibility`. What a variant changes in its campaign is not
/// published and not modelled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Experiment {
    /// Its id.
    pub id: i64,
    /// The campaign that is part of it.
    pub campaign_id: CampaignId,
    /// Its variants.
    pub variants: Vec<Variant>,
    /// Whether the shop assigns variants to sessions, and not the service; `false` unless given.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_variant_assignment_external: bool,
}

/// A variant of an [`Experiment`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Variant {
    /// Its id.
    pub id: i64,
    /// Its share of the customers, 0 to 100, in relation to the weights of the other variants.
    pub weight: u8,
}

impl World {
    /// Declares an experiment whose variants the shop assigns, with equal weights. Sessions that name
    /// an undeclared experiment or variant are then refused.
    #[must_use]
    pub fn experiment(
        mut self,
        id: i64,
        campaign: impl Into<CampaignId>,
        variants: &[i64],
    ) -> Self {
        let share = 100 / variants.len().clamp(1, 100);
        let weight = u8::try_from(share).unwrap_or(100);
        let experiment = Experiment {
            id,
            campaign_id: campaign.into(),
            variants: variants.iter().map(|id| Variant { id: *id, weight }).collect(),
            is_variant_assignment_external: true,
        };
        self.experiments.get_or_insert_default().push(experiment);
        self
    }
}
