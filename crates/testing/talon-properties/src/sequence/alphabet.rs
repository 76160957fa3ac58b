//! The little that sequences are made of.

use std::time::Duration;

use arbitrary::Unstructured;
use talon_core::effect::{Effect, EffectKind};
use talon_core::{Amount, CouponCode, ReferralCode, Timestamp};
use talon_fake::World;

/// What was drawn, unless there were too few bytes.
pub(super) type Drawn<T> = arbitrary::Result<T>;

pub(super) const SESSIONS: &[&str] = &["s1", "s2", "s3"];

/// The last two and the identifiers can be put together in two ways.
pub(super) const PROFILES: &[&str] = &["anna", "ben", "anna+Identifier:d1"];
pub(super) const IDENTIFIERS: &[&str] = &["d1", "d2", "d1+Identifier:d2"];

pub(super) const STORES: &[&str] = &["north", "south"];
pub(super) const SKUS: &[&str] = &["mug", "tea", "pot"];
pub(super) const COSTS: &[&str] = &["shipping", "deposit"];
pub(super) const EVENTS: &[&str] = &["shared", "visited", "talon_session_closed"];
pub(super) const CAMPAIGNS: &[i64] = &[1, 2, 3];
pub(super) const PROGRAMS: &[i64] = &[1, 2];
pub(super) const LEDGERS: &[&str] = &["", "bonus"];
pub(super) const AUDIENCES: &[i64] = &[1, 2];
pub(super) const POOLS: &[i64] = &[1, 2];

const SECOND: u64 = 1;
const HOUR: u64 = 60 * 60;
const DAY: u64 = 24 * HOUR;

/// Late in the evening of a Sunday that ends a month.
pub(super) const START: &str = "2026-05-31T23:30:00Z";

/// How far the clock moves.
pub(super) const SPANS: &[Duration] = &[
    Duration::from_secs(SECOND),
    Duration::from_secs(HOUR),
    Duration::from_secs(DAY),
    Duration::from_secs(8 * DAY),
    Duration::from_secs(32 * DAY),
    Duration::from_secs(366 * DAY),
];

/// Codes that a shopper may have heard of.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) coupons: Vec<CouponCode>,
    pub(super) referrals: Vec<ReferralCode>,
}

impl Known {
    /// Those of the world in either case, and one each that nobody made.
    pub(super) fn of(world: &World) -> Self {
        let coupons = world.campaigns.iter().flat_map(|campaign| &campaign.coupons);
        let referrals = world.campaigns.iter().flat_map(|campaign| &campaign.referrals);
        let mut known = Self { coupons: vec!["GONE".into()], referrals: vec!["GONE".into()] };
        for code in coupons.map(|coupon| &coupon.value) {
            known.coupons.extend([code.clone(), code.as_str().to_lowercase().into()]);
        }
        for code in referrals.map(|referral| &referral.code) {
            known.referrals.extend([code.clone(), code.as_str().to_lowercase().into()]);
        }
        known
    }

    /// Notes codes that rules made.
    pub(super) fn hear(&mut self, effects: &[Effect]) {
        for effect in effects {
            match &effect.kind {
                EffectKind::CouponCreated(made) => self.coupons.push(made.value.clone()),
                EffectKind::ReferralCreated(made) => self.referrals.push(made.value.clone()),
                _ => {}
            }
        }
    }
}

pub(super) fn one_of<T: Clone>(bytes: &mut Unstructured<'_>, list: &[T]) -> Drawn<T> {
    bytes.choose(list).cloned()
}

/// `true` once in so many times; never when the bytes are used up.
pub(super) fn once_in(bytes: &mut Unstructured<'_>, times: u8) -> Drawn<bool> {
    Ok(bytes.int_in_range(0..=times - 1)? == times - 1)
}

/// A value in half of the cases.
pub(super) fn maybe<T>(
    bytes: &mut Unstructured<'_>,
    draw: impl FnOnce(&mut Unstructured<'_>) -> Drawn<T>,
) -> Drawn<Option<T>> {
    if once_in(bytes, 2)? { draw(bytes).map(Some) } else { Ok(None) }
}

pub(super) fn up_to<'a, T>(
    bytes: &mut Unstructured<'a>,
    most: usize,
    mut draw: impl FnMut(&mut Unstructured<'a>) -> Drawn<T>,
) -> Drawn<Vec<T>> {
    (0..bytes.int_in_range(0..=most)?).map(|_| draw(bytes)).collect()
}

/// Nothing, small change, prices, a fortune.
pub(super) fn amount(bytes: &mut Unstructured<'_>) -> Drawn<Amount> {
    const CENTS: &[i64] = &[1000, 0, 1, 100, 333, 1999, 5000, 10_000, 100_000_000];
    Ok(Amount::new(one_of(bytes, CENTS)?, 2))
}

/// An instant of the days around those of the worlds.
pub(super) fn instant(bytes: &mut Unstructured<'_>) -> Drawn<Timestamp> {
    let span = one_of(bytes, SPANS)?;
    let start: Timestamp = START.parse().expect("a timestamp");
    let at = if once_in(bytes, 2)? { start.checked_sub(span) } else { start.checked_add(span) };
    Ok(at.expect("it is near the start"))
}
