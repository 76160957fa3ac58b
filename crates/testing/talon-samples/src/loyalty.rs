//! Loyalty points of profiles.

use talon_core::api::Call;
use talon_core::prelude::*;
use talon_core::{IntegrationApi, Result};

use crate::Sample;

/// The program of the demo world.
const PROGRAM: i64 = 1;
/// A program that no world has.
const UNKNOWN: i64 = 404;

/// Creates the profile, which earns points in a session of the same id.
async fn earn(api: &dyn IntegrationApi, id: &str) -> Result<()> {
    let session = NewCustomerSessionV2::default()
        .profile(id)
        .cart_items([CartItem::new("SKU-1", 1).price(50)])
        .state(SessionState::Closed);
    UpdateCustomerSessionV2::new(id, session).call(api).await.map(drop)
}

impl Sample for JoinLoyaltyProgram {
    fn sample(id: &str) -> Self {
        Self::new(PROGRAM, id)
    }

    fn refused() -> Vec<Self> {
        vec![Self::new(UNKNOWN, "anna"), Self::new(UNKNOWN, "..")]
    }
}

impl Sample for GetLoyaltyBalances {
    fn sample(id: &str) -> Self {
        Self::new(PROGRAM, id).include_tiers(true)
    }

    async fn prepare(api: &dyn IntegrationApi, id: &str) -> Result<()> {
        earn(api, id).await
    }

    fn refused() -> Vec<Self> {
        vec![Self::new(UNKNOWN, "anna")]
    }
}

impl Sample for GetLoyaltyProgramProfileTransactions {
    fn sample(id: &str) -> Self {
        Self::new(PROGRAM, id).page_size(10)
    }

    async fn prepare(api: &dyn IntegrationApi, id: &str) -> Result<()> {
        earn(api, id).await
    }

    fn refused() -> Vec<Self> {
        vec![Self::new(UNKNOWN, "anna")]
    }
}

impl Sample for GetLoyaltyProgramProfilePoints {
    fn sample(id: &str) -> Self {
        Self::new(PROGRAM, id).status(LoyaltyPointsStatus::Active)
    }

    async fn prepare(api: &dyn IntegrationApi, id: &str) -> Result<()> {
        earn(api, id).await
    }

    fn refused() -> Vec<Self> {
        vec![Self::new(UNKNOWN, "anna")]
    }
}

impl Sample for DeleteLoyaltyTransactionsFromLedgers {
    fn sample(id: &str) -> Self {
        Self::new(PROGRAM, id, LoyaltyTransactionsDeletion::all())
    }

    async fn prepare(api: &dyn IntegrationApi, id: &str) -> Result<()> {
        earn(api, id).await
    }

    fn refused() -> Vec<Self> {
        vec![Self::new(UNKNOWN, "anna", LoyaltyTransactionsDeletion::all())]
    }
}

impl Sample for ActivateLoyaltyPoints {
    fn sample(id: &str) -> Self {
        Self::new(PROGRAM, LoyaltyPointsActivation::of_session(id))
    }

    async fn prepare(api: &dyn IntegrationApi, id: &str) -> Result<()> {
        earn(api, id).await
    }

    fn refused() -> Vec<Self> {
        vec![Self::new(UNKNOWN, LoyaltyPointsActivation::of_session("cart-1"))]
    }
}
