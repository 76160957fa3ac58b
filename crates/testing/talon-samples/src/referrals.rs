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
