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

impl Experiment {
    /// An experiment without variants, which the service assigns to customers.
    ///
    /// ```
    /// use talon_fake::world::Experiment;
    ///
    /// let experiment = Experiment::new(21, 1).variant(1, 30).variant(2, 70);
    ///
    /// let of_a_file = r#"{"id": 21, "campaignId": 1,
    ///     "variants": [{"id": 1, "weight": 30}, {"id": 2, "weight": 70}]}"#;
    /// assert_eq!(experiment, serde_json::from_str(of_a_file)?);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn new(id: i64, campaign: impl Into<CampaignId>) -> Self {
        Self { id, campaign_id: campaign.into(), ..Self::default() }
    }

    /// Adds a variant with its weight.
    #[must_use]
    pub fn variant(mut self, id: i64, weight: u8) -> Self {
        self.variants.push(Variant { id, weight });
        self
    }

    /// Has the shop assign variants to sessions, and not the service.
    #[must_use]
    pub fn external_assignment(mut self) -> Self {
        self.is_variant_assignment_external = true;
        self
    }
}

impl World {
    /// Declares an experiment whose variants the shop assigns, with equal weights. Sessions that name
    /// an undeclared experiment or variant are then refused.
    #[must_use]
    pub fn experiment(self, id: i64, campaign: impl Into<CampaignId>, variants: &[i64]) -> Self {
        let share = 100 / variants.len().clamp(1, 100);
        let weight = u8::try_from(share).unwrap_or(100);
        let experiment = Experiment::new(id, campaign).external_assignment();
        self.add_experiment(variants.iter().fold(experiment, |it, id| it.variant(*id, weight)))
    }

    /// Declares an experiment, with whatever it has.
    #[must_use]
    pub fn add_experiment(mut self, experiment: Experiment) -> Self {
        self.experiments.get_or_insert_default().push(experiment);
        self
    }
}
