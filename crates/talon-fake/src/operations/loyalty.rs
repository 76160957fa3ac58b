//! Points on profiles: membership, balances, lists, activation and deletion.

use talon_core::model::{
    ActivatedLoyaltyPoints, LedgerScope, LoyaltyBalancesWithTiers, LoyaltyPointsPage,
    LoyaltyTransactionPage,
};
use talon_core::operations::{
    ActivateLoyaltyPoints, DeleteLoyaltyTransactionsFromLedgers, GetLoyaltyBalances,
    GetLoyaltyProgramProfilePoints, GetLoyaltyProgramProfileTransactions, JoinLoyaltyProgram,
};
use talon_core::{ApiError, LoyaltyProgramId, Problem, ProfileId};

use super::Execute;
use super::validate::{Problems, check_id};
use crate::engine::ledger::{
    self, Activation, BalanceOptions, PointsFilter, TransactionFilter, list_points,
    list_transactions,
};
use crate::page::PageRequest;
use crate::state::{LoyaltyAccountKey, StoredProgram, Transaction, not_found};

mod activation;
pub(super) mod entries;
pub(super) mod parameters;

impl Execute for JoinLoyaltyProgram {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<(), ApiError> {
        program_of_profiles(tx, self.program_id)?;
        check_id("integrationId", self.profile_id.as_str())?;
        let now = tx.now;
        let stored = tx.profile_or_new(&self.profile_id);
        if stored.joined(self.program_id).is_some_and(|joined| joined <= now) {
            let details = "the profile has joined the program";
            return Err(ApiError::invalid(Problem::parameter("integrationId", "Invalid", details)));
        }
        stored.join(self.program_id, now);
        Ok(())
    }
}

impl Execute for GetLoyaltyBalances {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<LoyaltyBalancesWithTiers, ApiError> {
        let key = account_of(tx, self.program_id, &self.profile_id)?;
        let options = BalanceOptions {
            at: self.end_date.unwrap_or(tx.now),
            subledgers: self.subledger_id.as_slice(),
            tiers: self.include_tiers == Some(true),
            projected_tier: self.include_projected_tier == Some(true),
        };
        Ok(ledger::balances_at(tx, &key, options))
    }
}

impl Execute for GetLoyaltyProgramProfileTransactions {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<LoyaltyTransactionPage, ApiError> {
        let key = account_of(tx, self.program_id, &self.profile_id)?;
        let filter = TransactionFilter {
            sessions: &self.session_ids,
            uuids: &self.transaction_uuids,
            subledgers: self.subledger_id.as_slice(),
            source: parameters::source(self.origin.as_ref())?,
            start: self.start_date,
            end: self.end_date,
            awaits_activation: parameters::awaits_activation(self.awaits_activation)?,
        };
        let page = PageRequest::new(self.page_size, self.skip, PageRequest::SIZE)?;
        let page = list_transactions(tx, &key, &filter, page);
        let data = page.rows.into_iter().map(|row| entries::transaction(tx, row)).collect();
        Ok(LoyaltyTransactionPage { has_more: page.has_more, data })
    }
}

impl Execute for GetLoyaltyProgramProfilePoints {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<LoyaltyPointsPage, ApiError> {
        let key = account_of(tx, self.program_id, &self.profile_id)?;
        let filter = PointsFilter {
            status: parameters::status(self.status.as_ref())?,
            subledgers: &self.subledger_ids,
            sessions: &self.session_ids,
            uuids: &self.transaction_uuids,
        };
        let order = parameters::order(self.sort.as_deref())?;
        let page = PageRequest::new(self.page_size, self.skip, PageRequest::SIZE)?;
        let page = list_points(tx, &key, &filter, order, page);
        let data = page.rows.into_iter().map(|(batch, row)| entries::points(batch, row)).collect();
        Ok(LoyaltyPointsPage { has_more: page.has_more, data })
    }
}

impl Execute for DeleteLoyaltyTransactionsFromLedgers {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<(), ApiError> {
        let key = account_of(tx, self.program_id, &self.profile_id)?;
        let ids = self.deletion.subledger_ids.as_deref().unwrap_or_default();
        let mut problems = Problems::new();
        let selected = match self.deletion.scope {
            LedgerScope::AllSubledgers => None,
            LedgerScope::SelectedSubledgers => {
                if ids.is_empty() {
                    problems.add("/subledgerIds", "Missing", "selected subledgers need their ids");
                }
                Some(ids)
            }
            _ => {
                let details = "scope must be AllSubledgers or SelectedSubledgers";
                problems.add("/scope", "enum", details);
                None
            }
        };
        problems.finish()?;
        ledger::delete(tx, &key, selected);
        Ok(())
    }
}

impl Execute for ActivateLoyaltyPoints {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<ActivatedLoyaltyPoints, ApiError> {
        let program = tx.expect_program(self.program_id)?;
        let ids = activation::check(&self.activation)?;
        let activation = match (&self.activation.session_id, &ids) {
            (Some(session), _) => Some(Activation::OfSession(session)),
            (None, ids) => ids.as_deref().map(Activation::Of),
        };
        let activated = activation.and_then(|it| ledger::activate(tx, program, it));
        let activated = activated.ok_or_else(|| not_found("session or transaction"))?;
        let entries = activated.into_iter().map(|row| entries::activated(tx, row));
        Ok(ActivatedLoyaltyPoints { ledger_entries: Some(entries.collect()) })
    }
}

/// The program, unless it is one of cards.
fn program_of_profiles<'s>(
    tx: &Transaction<'s>,
    id: LoyaltyProgramId,
) -> Result<&'s StoredProgram, ApiError> {
    let program = tx.expect_program(id)?;
    if program.card_based {
        let details = "points of this program are on cards";
        return Err(ApiError::invalid(Problem::parameter("loyaltyProgramId", "Invalid", details)));
    }
    Ok(program)
}

/// The account of a profile that exists.
fn account_of(
    tx: &Transaction<'_>,
    program: LoyaltyProgramId,
    profile: &ProfileId,
) -> Result<LoyaltyAccountKey, ApiError> {
    program_of_profiles(tx, program)?;
    check_id("integrationId", profile.as_str())?;
    tx.expect_profile(profile)?;
    Ok(LoyaltyAccountKey::of_profile(program, profile))
}
