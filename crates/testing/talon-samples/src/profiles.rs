//! Customer profiles.

use talon_core::prelude::*;

use crate::Sample;

fn new_profile() -> NewCustomerProfile {
    let attributes = Attributes::new().with("Name", "Anna").with("Email", "anna@example.com");
    NewCustomerProfile::default().attributes(attributes)
}

/// An attribute of another type than the declared one.
fn mistyped() -> NewCustomerProfile {
    NewCustomerProfile::default().attributes(Attributes::new().with("City", false))
}

impl Sample for UpdateCustomerProfile {
    fn sample(id: &str) -> Self {
        Self::new(id, new_profile())
    }

    fn refused() -> Vec<Self> {
        vec![Self::new("anna", mistyped()), Self::new(".", NewCustomerProfile::default())]
    }
}

impl Sample for UpdateCustomerProfileV2 {
    fn sample(id: &str) -> Self {
        Self::new(id, new_profile()).run_rule_engine(true)
    }

    fn refused() -> Vec<Self> {
        let unknown = NewCustomerProfile::default().response_content(["everything"]);
        vec![Self::new("anna", mistyped()), Self::new("anna", unknown)]
    }
}

impl Sample for GetCustomerInventory {
    fn sample(id: &str) -> Self {
        Self::new(id).profile(true).referrals(true).coupons(true)
    }

    fn refused() -> Vec<Self> {
        vec![Self::new("unknown").profile(true), Self::new("")]
    }
}

impl Sample for DeleteCustomerData {
    fn sample(id: &str) -> Self {
        Self::new(id)
    }

    fn refused() -> Vec<Self> {
        vec![Self::new("unknown"), Self::new("..")]
    }
}

impl Sample for UpdateCustomerProfilesV2 {
    fn sample(id: &str) -> Self {
        let attributes = Attributes::new().with("Name", "Anna");
        let items = [CustomerProfileBatchItem::new(id).attributes(attributes)];
        Self::new(CustomerProfileBatch::new(items)).silent(false)
    }

    fn refused() -> Vec<Self> {
        let mistyped = Attributes::new().with("City", false);
        let batches = [
            vec![CustomerProfileBatchItem::new("")],
            vec![CustomerProfileBatchItem::new("anna").attributes(mistyped)],
            vec![CustomerProfileBatchItem::new("anna"); 1001],
        ];
        batches.map(|items| Self::new(CustomerProfileBatch::new(items))).into()
    }
}
