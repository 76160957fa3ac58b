//! The variants of experiments that customers are given.

use talon_core::model::{CampaignEligibilityExperiment, CustomerSessionV2};

use crate::random::Random;
use crate::state::StoredCampaign;
use crate::world::Experiment;

impl StoredCampaign {
    /// The experiment that it is part of, and the customer's variant: the one that the shop assigned, or
    /// one by the weights of the variants. `None` where the shop assigned none.
    pub(super) fn variant_of(
        &self,
        session: &CustomerSessionV2,
    ) -> Option<CampaignEligibilityExperiment> {
        let experiment = self.experiment.as_ref()?;
        let variant_id = if experiment.is_variant_assignment_external {
            let mut assigned = session.experiment_variant_allocations.iter().flatten();
            assigned.find(|assigned| assigned.experiment_id == experiment.id)?.variant_id
        } else {
            by_weight(experiment, session)?
        };
        Some(CampaignEligibilityExperiment { id: experiment.id, variant_id })
    }
}

/// A variant that is the same in every session of a profile; anonymous sessions have one each. `None`
/// where no variant has a weight.
fn by_weight(experiment: &Experiment, session: &CustomerSessionV2) -> Option<i64> {
    let customer = match session.profile_id.as_str() {
        "" => session.integration_id.as_str(),
        profile => profile,
    };
    let total: u64 = experiment.variants.iter().map(|variant| u64::from(variant.weight)).sum();
    let seed = customer.bytes().fold(experiment.id.unsigned_abs(), |seed, byte| {
        Random::new(seed ^ u64::from(byte)).next()
    });
    let mut place = seed.checked_rem(total)?;
    let chosen = experiment.variants.iter().find(|variant| {
        let weight = u64::from(variant.weight);
        let is_within = place < weight;
        place = place.saturating_sub(weight);
        is_within
    });
    chosen.map(|variant| variant.id)
}
