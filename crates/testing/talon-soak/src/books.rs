//! What the service has, against what the callers were told.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::Request;
use talon_core::{Error, LoyaltyProgramId, Operation, Result};
use talon_fake::Fake;

use crate::calls::{self, Kind};
use crate::faulty::Record;

/// What a caller was told of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// It succeeded.
    Done,
    /// It failed, and nothing was applied.
    NotDone,
    /// It failed, and may have been applied.
    Unknown,
}

impl Told {
    pub(crate) fn of(result: &Result<()>) -> Self {
        match result.as_ref().map_err(Error::may_have_been_applied) {
            Ok(()) => Self::Done,
            Err(true) => Self::Unknown,
            Err(false) => Self::NotDone,
        }
    }
}

/// What does not add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Discrepancies {
    /// Changes that were applied more than once, and coupons redeemed for no purchase.
    pub(crate) double: u64,
    /// Successes that are not there.
    pub(crate) lost: u64,
    /// Changes that are there although the caller was told that they are not.
    pub(crate) untold: u64,
}

/// Compares all calls, numbered from 0, with the state of the fake and the record of its requests.
pub(crate) fn compare(fake: &Fake, record: &Record, told: &[Told]) -> Discrepancies {
    let mut found = Discrepancies::default();
    let mut purchases = 0;
    for (number, told) in (0..).zip(told) {
        let kind = Kind::of(number);
        let Some(times) = applied(fake, &record.applied, number) else { continue };
        if matches!(kind, Kind::Pay | Kind::PayV1) {
            purchases += times;
        }
        found.double += times.saturating_sub(1);
        found.lost += u64::from(*told == Told::Done && times == 0);
        found.untold += u64::from(*told == Told::NotDone && times > 0);
    }
    let coupon = fake.coupon(calls::COUPON).map_or(0, |coupon| coupon.usage_counter);
    found.double += coupon.unsigned_abs().abs_diff(purchases);
    found
}

/// How often the change of a call was applied; `None` where that does not matter.
fn applied(fake: &Fake, unkeyed: &BTreeMap<(String, Bytes), u64>, number: u64) -> Option<u64> {
    let id = calls::id(number);
    match Kind::of(number) {
        Kind::Pay | Kind::PayV1 => Some(purchases(fake, &id)),
        Kind::Fill => {
            let session = fake.session(id);
            Some(session.and_then(|session| session.update_count).map_or(0, i64::unsigned_abs))
        }
        Kind::Event => Some(recorded(unkeyed, &calls::event(&id))),
        Kind::Referral => Some(recorded(unkeyed, &calls::referral(&id))),
        Kind::Profile | Kind::Inventory => None,
    }
}

/// As many as the points of the profile, which buys nothing else, are good for.
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
