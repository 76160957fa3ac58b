//! `getCustomerSession`.

use talon_core::ApiError;
use talon_core::model::CurrentSession;
use talon_core::operations::GetCustomerSession;

use crate::operations::Execute;
use crate::operations::validate::check_id;
use crate::state::{Transaction, failure};

impl Execute for GetCustomerSession {
    fn execute(&self, tx: &mut Transaction<'_>) -> Result<CurrentSession, ApiError> {
        check_id("customerSessionId", self.session_id.as_str())?;
        let stored = tx.expect_session(&self.session_id)?;
        Ok(CurrentSession {
            customer_session: Some(stored.session.clone()),
            effects: Some(stored.effects_in_force().map_err(|error| failure(&error))?),
        })
    }
}
