//! Balances, transactions and points of a loyalty card.

use talon_core::ApiError;
use talon_core::model::{
    LoyaltyBalance, LoyaltyBalanceWithTier, LoyaltyCardBalances, LoyaltyPointsPage,
    LoyaltyTransactionPage,
};
use talon_core::operations::{
    GetLoyaltyCardBalances, GetLoyaltyCardPoints, GetLoyaltyCardTransactions,
};

use crate::engine::ledger::{
    self, BalanceOptions, PointsFilter, TransactionFilter, list_points, list_transactions,
};
use crate::operations::Execute;
use crate::operations::loyalty::{entries, parameters};
use crate::page::PageRequest;
use crate::state::{LoyaltyAccountKey, Transaction};

impl Execute for GetLoyaltyCardBalances {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<LoyaltyCardBalances, ApiError> {
        let card = tx.expect_card(self.program_id, &self.card_id)?;
        let options = BalanceOptions {
            at: self.end_date.unwrap_or(tx.now),
            subledgers: &self.subledger_ids,
            tiers: false,
            projected_tier: false,
        };
        let balances = ledger::balances_at(tx, &LoyaltyAccountKey::of_card(&card.key), options);
        let subledgers = balances.subledger_balances.into_iter().flatten();
        Ok(LoyaltyCardBalances {
            balance: balances.balance.as_ref().map(without_tier),
            subledger_balances: Some(subledgers.map(|(id, it)| (id, without_tier(&it))).collect()),
            profiles: Some(card.profiles.clone()),
        })
    }
}

/// The balance of a ledger that has no tiers.
fn without_tier(balance: &LoyaltyBalanceWithTier) -> LoyaltyBalance {
    LoyaltyBalance {
        active_points: balance.active_points,
        pending_points: balance.pending_points,
        spent_points: balance.spent_points,
        expired_points: balance.expired_points,
        negative_points: balance.negative_points,
    }
}

impl Execute for GetLoyaltyCardTransactions {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<LoyaltyTransactionPage, ApiError> {
        let card = tx.expect_card(self.program_id, &self.card_id)?;
        let filter = TransactionFilter {
            sessions: &self.session_ids,
            uuids: &self.transaction_uuids,
            subledgers: &self.subledger_ids,
            source: parameters::source(self.origin.as_ref())?,
            start: self.start_date,
            end: self.end_date,
            awaits_activation: parameters::awaits_activation(self.awaits_activation)?,
        };
        let page = PageRequest::new(self.page_size, self.skip, PageRequest::SIZE)?;
        let page = list_transactions(tx, &LoyaltyAccountKey::of_card(&card.key), &filter, page);
        let data = page.rows.into_iter().map(|row| entries::transaction(tx, row)).collect();
        Ok(LoyaltyTransactionPage { has_more: page.has_more, data })
    }
}

impl Execute for GetLoyaltyCardPoints {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<LoyaltyPointsPage, ApiError> {
        let card = tx.expect_card(self.program_id, &self.card_id)?;
        let filter = PointsFilter {
            status: parameters::status(self.status.as_ref())?,
            subledgers: &self.subledger_ids,
            sessions: &self.session_ids,
            uuids: &self.transaction_uuids,
        };
        let order = parameters::order(self.sort.as_deref())?;
        let page = PageRequest::new(self.page_size, self.skip, PageRequest::SIZE)?;
        let key = LoyaltyAccountKey::of_card(&card.key);
        let page = list_points(tx, &key, &filter, order, page);
        let data = page.rows.into_iter().map(|(batch, row)| entries::points(batch, row)).collect();
        Ok(LoyaltyPointsPage { has_more: page.has_more, data })
    }
}
