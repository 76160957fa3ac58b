//! Points that a request asks to activate.

use std::collections::BTreeSet;

use talon_core::ApiError;
use talon_core::model::LoyaltyPointsActivation;

use crate::operations::validate::Problems;
use crate::state::TransactionId;

const MAX_TRANSACTIONS: usize = 50;

/// The transactions that are named; `None` where one has a UUID that this fake did not assign.
pub(super) fn check(
    activation: &LoyaltyPointsActivation,
) -> Result<Option<Vec<TransactionId>>, ApiError> {
    let mut problems = Problems::new();
    let uuids = activation.transaction_uuids.as_deref();
    match (&activation.session_id, uuids) {
        (Some(session), None) => problems.id("/sessionId", session.as_str()),
        (None, Some(uuids)) => check_uuids(&mut problems, uuids),
        _ => problems.add("/sessionId", "Invalid", "needs either sessionId or transactionUUIDs"),
    }
    problems.finish()?;
    let ids = uuids.unwrap_or_default().iter();
    Ok(ids.map(|uuid| TransactionId::from_uuid(Some(uuid))).collect())
}

fn check_uuids(problems: &mut Problems, uuids: &[String]) {
    if !(1..=MAX_TRANSACTIONS).contains(&uuids.len()) {
        problems.add("/transactionUUIDs", "Invalid", "needs 1 to 50 transactions");
    }
    let mut seen = BTreeSet::new();
    for (index, uuid) in uuids.iter().enumerate() {
        let pointer = format!("/transactionUUIDs/{index}");
        if !is_uuid(uuid) {
            problems.add(pointer, "format", "must be a UUID");
        } else if !seen.insert(uuid.to_ascii_lowercase()) {
            problems.add(pointer, "uniqueItems", "the same transaction is named twice");
        }
    }
}

/// Whether a text is 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.
fn is_uuid(text: &str) -> bool {
    let is_group = |group: &str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
    let lengths: Vec<_> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.split('-').all(is_group)
}
