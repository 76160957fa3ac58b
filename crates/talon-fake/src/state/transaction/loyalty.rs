//! Ledgers of points.

use talon_core::{ApiError, LoyaltyProgramId};

use super::{Transaction, not_found};
use crate::state::{
    Balance, Ledger, LoyaltyAccount, LoyaltyAccountKey, PointTransaction, StoredProgram,
    TransactionId,
};

impl<'s> Transaction<'s> {
    pub(crate) fn program(&self, id: LoyaltyProgramId) -> Option<&'s StoredProgram> {
        self.state.programs.get(&id)
    }

    /// The program, or the refusal that there is none.
    pub(crate) fn expect_program(
        &self,
        id: LoyaltyProgramId,
    ) -> Result<&'s StoredProgram, ApiError> {
        self.program(id).ok_or_else(|| not_found("loyalty program"))
    }

    pub(crate) fn account(&self, key: &LoyaltyAccountKey) -> Option<&LoyaltyAccount> {
        self.tables.loyalty_accounts.get(key)
    }

    /// The account, created empty when there is none.
    pub(crate) fn account_mut(&mut self, key: &LoyaltyAccountKey) -> &mut LoyaltyAccount {
        let accounts = &mut self.tables.loyalty_accounts;
        match accounts.get(key) {
            Some(_) => accounts.get_mut(key).expect("it was read just now"),
            None => accounts.put(LoyaltyAccount::new(key.clone())),
        }
    }

    pub(crate) fn ledger(&self, key: &LoyaltyAccountKey, subledger: &str) -> Option<&Ledger> {
        self.account(key)?.ledger(subledger)
    }

    /// Balances of a ledger; all 0 when there is none.
    pub(crate) fn balance(&self, key: &LoyaltyAccountKey, subledger: &str) -> Balance {
        let ledger = self.ledger(key, subledger);
        ledger.map(|ledger| ledger.balance(self.now)).unwrap_or_default()
    }

    pub(crate) fn point_transaction(&self, id: TransactionId) -> Option<&PointTransaction> {
        self.tables.point_transactions.get(&id)
    }

    /// A transaction of an account that was read: that read is enough to notice a change.
    pub(crate) fn logged_transaction(&self, id: TransactionId) -> Option<PointTransaction> {
        self.tables.point_transactions.peek(&id)
    }
}
