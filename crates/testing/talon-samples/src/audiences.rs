//! Audiences.

use talon_core::prelude::*;

use crate::Sample;

/// The audience of the demo world.
const NEWSLETTER: i64 = 1;
const UNKNOWN: i64 = 404;

impl Sample for CreateAudienceV2 {
    fn sample(id: &str) -> Self {
        Self::new(NewAudience::new("Regulars").integration("mparticle").integration_id(id))
    }

    fn refused() -> Vec<Self> {
        let nowhere = NewAudience {
            integration: Some("mparticle".to_owned()),
            ..NewAudience::new("Regulars")
        };
        vec![
            Self::new(NewAudience::new("")),
            Self::new(nowhere),
            Self::new(NewAudience::new("Regulars").integration("mparticle").integration_id("")),
        ]
    }
}

impl Sample for UpdateAudienceV2 {
    fn sample(_id: &str) -> Self {
        Self::new(NEWSLETTER, AudienceUpdate::new("Readers"))
    }

    fn refused() -> Vec<Self> {
        vec![
            Self::new(UNKNOWN, AudienceUpdate::new("Readers")),
            Self::new(UNKNOWN, AudienceUpdate::new("")),
        ]
    }
}

impl Sample for DeleteAudienceV2 {
    fn sample(_id: &str) -> Self {
        Self::new(NEWSLETTER)
    }

    fn refused() -> Vec<Self> {
        vec![Self::new(UNKNOWN)]
    }
}

impl Sample for DeleteAudienceMembershipsV2 {
    fn sample(_id: &str) -> Self {
        Self::new(NEWSLETTER)
    }

    fn refused() -> Vec<Self> {
        vec![Self::new(UNKNOWN)]
    }
}

impl Sample for UpdateCustomerProfileAudiences {
    fn sample(id: &str) -> Self {
        let changes =
            [AudienceChange::add(NEWSLETTER, id), AudienceChange::delete(NEWSLETTER, "ben")];
        Self::new(CustomerProfileAudienceChanges::new(changes))
    }

    fn refused() -> Vec<Self> {
        let mut strange = AudienceChange::add(UNKNOWN, "anna");
        strange.action = "remove".into();
        let changes = [
            vec![AudienceChange::add(UNKNOWN, "anna")],
            vec![AudienceChange::add(UNKNOWN, "")],
            vec![strange],
            vec![AudienceChange::add(UNKNOWN, "anna"); 1001],
        ];
        let mut refused: Vec<_> =
            changes.map(|it| Self::new(CustomerProfileAudienceChanges::new(it))).into();
        refused.push(Self::new(CustomerProfileAudienceChanges::default()));
        refused
    }
}

impl Sample for UpdateAudienceCustomersAttributes {
    fn sample(_id: &str) -> Self {
        Self::new(NEWSLETTER, Attributes::new().with("Name", "Reader"))
    }

    fn refused() -> Vec<Self> {
        vec![
            Self::new(UNKNOWN, Attributes::new()),
            Self::new(UNKNOWN, Attributes::new().with("City", false)),
            Self::new(UNKNOWN, Attributes::new().with("Size", 39)),
        ]
    }
}
