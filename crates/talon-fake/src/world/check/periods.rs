//! Periods and ranges that are not empty.

use crate::rules::{AttributeTest, Condition, Days, Range};
use crate::world::{World, WorldError};

/// Checks that nothing ends before it begins.
pub(super) fn check(world: &World) -> Result<(), WorldError> {
    for (index, campaign) in world.campaigns.iter().enumerate() {
        let place = format!("campaigns[{index}]");
        in_order(&place, ("startTime", campaign.start_time), ("endTime", campaign.end_time))?;
        for (index, coupon) in campaign.coupons.iter().enumerate() {
            let place = format!("{place}.coupons[{index}]");
            in_order(&place, ("startDate", coupon.start_date), ("expiryDate", coupon.expiry_date))?;
        }
        for (index, referral) in campaign.referrals.iter().enumerate() {
            let place = format!("{place}.referrals[{index}]");
            let start = ("startDate", referral.start_date);
            in_order(&place, start, ("expiryDate", referral.expiry_date))?;
        }
    }
    for (index, entry) in world.ledger_entries.iter().enumerate() {
        let start = ("startDate", entry.start_date.at());
        let expiry = ("expiryDate", entry.expiry_date.at());
        in_order(&format!("ledgerEntries[{index}]"), start, expiry)?;
    }
    check_giveaways(world)
}

/// The same for codes of giveaways.
fn check_giveaways(world: &World) -> Result<(), WorldError> {
    for (index, pool) in world.giveaway_pools.iter().enumerate() {
        for (code_index, code) in pool.codes.iter().enumerate() {
            let place = format!("giveawayPools[{index}].codes[{code_index}]");
            in_order(&place, ("startDate", code.start_date), ("endDate", code.end_date))?;
        }
    }
    Ok(())
}

/// The same for what a condition asks.
pub(super) fn check_condition(place: &str, condition: &Condition) -> Result<(), WorldError> {
    match condition {
        Condition::Date(Days { from, until }) => {
            in_order(&format!("{place}.date"), ("from", *from), ("until", *until))
        }
        Condition::CartTotal(range) => check_range(&format!("{place}.cartTotal"), *range),
        Condition::SessionTotal(range) => check_range(&format!("{place}.sessionTotal"), *range),
        Condition::ItemCount(range) => check_range(&format!("{place}.itemCount"), *range),
        Condition::ClosedSessions(range) => check_range(&format!("{place}.closedSessions"), *range),
        Condition::TotalSales(range) => check_range(&format!("{place}.totalSales"), *range),
        Condition::LoyaltyBalance(balance) => {
            check_range(&format!("{place}.loyaltyBalance.range"), balance.range)
        }
        Condition::Hour(range) => check_range(&format!("{place}.hour"), *range),
        _ => Ok(()),
    }
}

/// The same for what a condition asks of an attribute.
pub(super) fn check_test(place: &str, test: &AttributeTest) -> Result<(), WorldError> {
    in_order(place, ("from", test.from), ("before", test.before))?;
    test.range.map_or(Ok(()), |range| check_range(&format!("{place}.range"), range))
}

/// Refuses a range that contains no number.
pub(super) fn check_range(place: &str, range: Range) -> Result<(), WorldError> {
    let at = ("atLeast", range.at_least, "atMost", range.at_most);
    ordered(place, at, "less than")?;
    ordered(place, ("above", range.above, "below", range.below), "less than")
}

pub(super) fn in_order<T: PartialOrd>(
    place: &str,
    (start_name, start): (&str, Option<T>),
    (end_name, end): (&str, Option<T>),
) -> Result<(), WorldError> {
    ordered(place, (start_name, start, end_name, end), "before")
}

fn ordered<T: PartialOrd>(
    place: &str,
    (start_name, start, end_name, end): (&str, Option<T>, &str, Option<T>),
    relation: &str,
) -> Result<(), WorldError> {
    if start.zip(end).is_some_and(|(start, end)| end < start) {
        let reason = format!("must not be {relation} `{start_name}`");
        return Err(WorldError::at(format!("{place}.{end_name}"), reason));
    }
    Ok(())
}
