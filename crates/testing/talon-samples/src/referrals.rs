//! Referrals.

use talon_core::prelude::*;

use crate::Sample;

impl Sample for CreateReferral {
    fn sample(id: &str) -> Self {
        Self::new(NewReferral::new(1, id))
    }

    fn refused() -> Vec<Self> {
        let referrals = [
            // There is no such campaign, one without referrals, and an advocate without an id.
            NewReferral::new(404, "anna"),
            NewReferral::new(193, "anna"),
            NewReferral::new(193, ""),
        ];
        referrals.map(Self::new).into()
    }
}

impl Sample for CreateReferralsForMultipleAdvocates {
    fn sample(id: &str) -> Self {
        Self::new(NewReferralBatch::new(1, [id, "ben"])).silent(false)
    }

    fn refused() -> Vec<Self> {
        let batches = [
            NewReferralBatch::new(404, ["anna"]),
            NewReferralBatch::new(193, ["anna"]),
            NewReferralBatch::new(193, Vec::<&str>::new()),
            NewReferralBatch::new(193, ["anna", "ben"]).pattern("FRIEND"),
        ];
        batches.map(Self::new).into()
    }
}
