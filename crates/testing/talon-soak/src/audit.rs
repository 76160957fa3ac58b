//! Compares the state of the service with the results that the callers got.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::Request;
use talon_core::{Error, LoyaltyProgramId, Operation, Result};
use talon_fake::Fake;

use crate::calls::{self, CallKind};
use crate::fault_injector::ServiceLog;

/// What the client reported to the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CallResult {
    /// The call succeeded.
    Succeeded,
    /// The call failed, and the change was not applied.
    NotApplied,
    /// The call failed, and the change may have been applied.
    MaybeApplied,
}

impl CallResult {
    pub(crate) fn from_result(result: &Result<()>) -> Self {
        match result.as_ref().map_err(Error::may_have_been_applied) {
            Ok(()) => Self::Succeeded,
            Err(true) => Self::MaybeApplied,
            Err(false) => Self::NotApplied,
        }
    }
}

/// Differences between the state of the service and the results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Discrepancies {
    /// Changes that were applied more than once, and redemptions of coupons without a purchase.
    pub(crate) duplicated: u64,
    /// Successful changes that are not in the state.
    pub(crate) lost: u64,
    /// Changes in the state that were reported as not applied.
    pub(crate) unreported: u64,
}

/// Compares the results of all calls, numbered from 0, with the state of the fake and the log of
/// its requests.
pub(crate) fn compare(fake: &Fake, record: &ServiceLog, results: &[CallResult]) -> Discrepancies {
    let mut found = Discrepancies::default();
    let mut purchases = 0;
    for (number, result) in (0..).zip(results) {
        let kind = CallKind::of(number);
        let Some(times) = applied(fake, &record.applied, number) else { continue };
        if matches!(kind, CallKind::Pay | CallKind::PayV1) {
            purchases += times;
        }
        found.duplicated += times.saturating_sub(1);
        found.lost += u64::from(*result == CallResult::Succeeded && times == 0);
        found.unreported += u64::from(*result == CallResult::NotApplied && times > 0);
    }
    let coupon = fake.coupon(calls::COUPON).map_or(0, |coupon| coupon.usage_counter);
    found.duplicated += coupon.unsigned_abs().abs_diff(purchases);
    found
}

/// How often the change of a call was applied; `None` when applying it twice is harmless.
fn applied(fake: &Fake, unkeyed: &BTreeMap<(String, Bytes), u64>, number: u64) -> Option<u64> {
    let id = calls::id(number);
    match CallKind::of(number) {
        CallKind::Pay | CallKind::PayV1 => Some(purchases(fake, &id)),
        CallKind::Fill => {
            let session = fake.session(id);
            Some(session.and_then(|session| session.update_count).map_or(0, i64::unsigned_abs))
        }
        CallKind::Event => Some(recorded(unkeyed, &calls::event(&id))),
        CallKind::Referral => Some(recorded(unkeyed, &calls::referral(&id))),
        CallKind::Profile | CallKind::Inventory => None,
    }
}

/// Purchases of the profile, computed from its points: it has no other income.
fn purchases(fake: &Fake, id: &str) -> u64 {
    let points = fake.points(id, LoyaltyProgramId::from(calls::PROGRAM));
    let mut purchases = 0;
    let mut counted = talon_core::Amount::ZERO;
    while counted < points {
        purchases += 1;
        counted = talon_core::Amount::from(purchases * calls::POINTS);
    }
    purchases.unsigned_abs()
}

fn recorded<O: Operation>(unkeyed: &BTreeMap<(String, Bytes), u64>, operation: &O) -> u64 {
    let request = operation.to_http().map(Request::into_parts);
    let (head, body) = request.expect("it was sent before");
    unkeyed.get(&(head.uri.path().to_owned(), body)).copied().unwrap_or(0)
}
