//! Calls about points.

use talon_core::ApiError;
use talon_core::model::{
    LoyaltyBalanceWithTier, LoyaltyBalancesWithTiers, LoyaltyLedgerEntry, LoyaltyPointsActivation,
    LoyaltyPointsPage, LoyaltyTransactionPage, LoyaltyTransactionsDeletion,
};
use talon_core::operations::{
    ActivateLoyaltyPoints, DeleteLoyaltyTransactionsFromLedgers, GetLoyaltyBalances,
    GetLoyaltyProgramProfilePoints, GetLoyaltyProgramProfileTransactions, JoinLoyaltyProgram,
};

use super::{World, refusal};

impl World {
    /// Has a customer join a program.
    pub(crate) async fn join(&self, program: i64, profile: &str) {
        let request = JoinLoyaltyProgram::new(program, profile);
        self.api.join_loyalty_program(request).await.expect("the customer joins");
    }

    /// Reads balances.
    pub(crate) async fn balances(&self, request: GetLoyaltyBalances) -> LoyaltyBalancesWithTiers {
        self.api.get_loyalty_balances(request).await.expect("there are balances")
    }

    /// Reads the balance of the main ledger of a customer, with its tier.
    pub(crate) async fn balance(&self, program: i64, profile: &str) -> LoyaltyBalanceWithTier {
        let request = GetLoyaltyBalances::new(program, profile).include_tiers(true);
        self.balances(request).await.balance.expect("not filtered")
    }

    /// Lists transactions.
    pub(crate) async fn transactions(
        &self,
        request: GetLoyaltyProgramProfileTransactions,
    ) -> LoyaltyTransactionPage {
        let reply = self.api.get_loyalty_program_profile_transactions(request).await;
        reply.expect("there is a list")
    }

    /// Lists points.
    pub(crate) async fn points(
        &self,
        request: GetLoyaltyProgramProfilePoints,
    ) -> LoyaltyPointsPage {
        let reply = self.api.get_loyalty_program_profile_points(request).await;
        reply.expect("there is a list")
    }

    /// Deletes ledgers.
    pub(crate) async fn delete_ledgers(
        &self,
        program: i64,
        profile: &str,
        deletion: LoyaltyTransactionsDeletion,
    ) {
        let request = DeleteLoyaltyTransactionsFromLedgers::new(program, profile, deletion);
        let reply = self.api.delete_loyalty_transactions_from_ledgers(request).await;
        reply.expect("the ledgers are deleted");
    }

    /// Activates points.
    pub(crate) async fn activate(
        &self,
        program: i64,
        activation: LoyaltyPointsActivation,
    ) -> Vec<LoyaltyLedgerEntry> {
        let request = ActivateLoyaltyPoints::new(program, activation);
        let reply = self.api.activate_loyalty_points(request).await;
        reply.expect("the points are activated").ledger_entries.expect("always sent")
    }

    /// Activates points, which must be refused.
    pub(crate) async fn activate_refused(
        &self,
        program: i64,
        activation: LoyaltyPointsActivation,
    ) -> ApiError {
        let request = ActivateLoyaltyPoints::new(program, activation);
        refusal(self.api.activate_loyalty_points(request).await)
    }
}
