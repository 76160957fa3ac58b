//! Parameters of lists of points and transactions.

use talon_core::model::{LoyaltyPointsStatus, LoyaltyTransactionOrigin};
use talon_core::{ApiError, Problem};

use crate::engine::ledger::PointsOrder;
use crate::world::EntrySource;

/// The order of points, by the earliest start unless it is given.
pub(in crate::operations) fn order(sort: Option<&str>) -> Result<PointsOrder, ApiError> {
    match sort {
        None | Some("startDate") => Ok(PointsOrder::StartDate),
        Some("-startDate") => Ok(PointsOrder::StartDateDescending),
        Some("expiryDate") => Ok(PointsOrder::ExpiryDate),
        Some("-expiryDate") => Ok(PointsOrder::ExpiryDateDescending),
        Some(_) => Err(refusal("sort", "must be startDate or expiryDate, with or without a -")),
    }
}

/// The state of points, active unless it is given.
pub(in crate::operations) fn status(
    status: Option<&LoyaltyPointsStatus>,
) -> Result<LoyaltyPointsStatus, ApiError> {
    match status {
        None => Ok(LoyaltyPointsStatus::Active),
        Some(status) if status.is_known() => Ok(status.clone()),
        Some(_) => Err(refusal("status", "must be active, pending or expired")),
    }
}

pub(in crate::operations) fn source(
    origin: Option<&LoyaltyTransactionOrigin>,
) -> Result<Option<EntrySource>, ApiError> {
    Ok(match origin {
        None => None,
        Some(LoyaltyTransactionOrigin::Manual) => Some(EntrySource::Manual),
        Some(LoyaltyTransactionOrigin::Session) => Some(EntrySource::Session),
        Some(LoyaltyTransactionOrigin::Import) => Some(EntrySource::Import),
        Some(_) => {
            let details = "must be manual, session or import";
            return Err(refusal("loyaltyTransactionType", details));
        }
    })
}

/// Whether only additions that wait for an action are listed. The service refuses `false`.
pub(in crate::operations) fn awaits_activation(flag: Option<bool>) -> Result<bool, ApiError> {
    match flag {
        Some(false) => Err(refusal("awaitsActivation", "must be true where it is given")),
        flag => Ok(flag == Some(true)),
    }
}

fn refusal(name: &'static str, details: &str) -> ApiError {
    ApiError::invalid(Problem::parameter(name, "Invalid", format!("{name} {details}")))
}
