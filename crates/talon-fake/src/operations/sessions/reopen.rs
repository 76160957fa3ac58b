//! `reopenCustomerSession`.

use talon_core::ApiError;
use talon_core::model::ReopenedSession;
use talon_core::operations::ReopenCustomerSession;

use crate::engine::returns;
use crate::operations::Execute;
use crate::operations::validate::check_id;
use crate::state::Transaction;

impl Execute for ReopenCustomerSession {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<ReopenedSession, ApiError> {
        check_id("customerSessionId", self.session_id.as_str())?;
        let effects = returns::reopen(tx, &self.session_id)?;
        Ok(ReopenedSession { effects })
    }
}
