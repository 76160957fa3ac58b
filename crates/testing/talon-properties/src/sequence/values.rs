//! The values that generated requests consist of: few, so that requests refer to the same objects.

use std::time::Duration;

use arbitrary::{Result, Unstructured};
use talon_core::effect::{Effect, EffectKind};
use talon_core::{Amount, CouponCode, ReferralCode, Timestamp};
use talon_fake::World;

pub(super) const SESSIONS: &[&str] = &["s1", "s2", "s3"];

/// A profile and an identifier, concatenated with a separator, can be equal for different pairs.
pub(super) const PROFILES: &[&str] = &["anna", "ben", "anna+Identifier:d1"];
pub(super) const IDENTIFIERS: &[&str] = &["d1", "d2", "d1+Identifier:d2"];

pub(super) const STORES: &[&str] = &["north", "south"];
pub(super) const SKUS: &[&str] = &["mug", "tea", "pot"];
pub(super) const COSTS: &[&str] = &["shipping", "deposit"];
pub(super) const EVENTS: &[&str] = &["shared", "visited", "talon_session_closed"];
pub(super) const CAMPAIGNS: &[i64] = &[1, 2, 3];
pub(super) const PROFILE_PROGRAMS: &[i64] = &[1, 2];
pub(super) const CARD_PROGRAM: i64 = 3;
pub(super) const PROGRAMS: &[i64] = &[1, 2, CARD_PROGRAM];
/// Two cards of the world, one that was transferred, and others that requests create.
pub(super) const CARDS: &[&str] = &["card-1", "card-2", "old-card", "card+3", "card@4"];
pub(super) const LEDGERS: &[&str] = &["", "bonus"];
pub(super) const AUDIENCES: &[i64] = &[1, 2];
pub(super) const POOLS: &[i64] = &[1, 2];

const SECOND: u64 = 1;
const HOUR: u64 = 60 * 60;
const DAY: u64 = 24 * HOUR;

/// Late in the evening of a Sunday, the last day of a month.
pub(super) const START: &str = "2026-05-31T23:30:00Z";

/// Steps of the clock.
pub(super) const SPANS: &[Duration] = &[
    Duration::from_secs(SECOND),
    Duration::from_secs(HOUR),
    Duration::from_secs(DAY),
    Duration::from_secs(8 * DAY),
    Duration::from_secs(32 * DAY),
    Duration::from_secs(366 * DAY),
];

/// Codes that requests may contain.
#[derive(Debug)]
pub(super) struct KnownCodes {
    pub(super) coupons: Vec<CouponCode>,
    pub(super) referrals: Vec<ReferralCode>,
}

impl KnownCodes {
    /// The codes of the world in upper and lower case, and one unknown code each.
    pub(super) fn from_world(world: &World) -> Self {
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

    /// Adds the codes that rules created.
    pub(super) fn add_created(&mut self, effects: &[Effect]) {
        for effect in effects {
            match &effect.kind {
                EffectKind::CouponCreated(created) => self.coupons.push(created.value.clone()),
                EffectKind::ReferralCreated(created) => self.referrals.push(created.value.clone()),
                _ => {}
            }
        }
    }
}

pub(super) fn one_of<T: Clone>(bytes: &mut Unstructured<'_>, list: &[T]) -> Result<T> {
    bytes.choose(list).cloned()
}

/// `true` with a probability of one in `times`; `false` if no bytes are left.
pub(super) fn once_in(bytes: &mut Unstructured<'_>, times: u8) -> Result<bool> {
    Ok(bytes.int_in_range(0..=times - 1)? == times - 1)
}

/// A value in half of the cases.
pub(super) fn maybe<T>(
    bytes: &mut Unstructured<'_>,
    generate: impl FnOnce(&mut Unstructured<'_>) -> Result<T>,
) -> Result<Option<T>> {
    if once_in(bytes, 2)? { generate(bytes).map(Some) } else { Ok(None) }
}

pub(super) fn up_to<'a, T>(
    bytes: &mut Unstructured<'a>,
    max: usize,
    mut generate: impl FnMut(&mut Unstructured<'a>) -> Result<T>,
) -> Result<Vec<T>> {
    (0..bytes.int_in_range(0..=max)?).map(|_| generate(bytes)).collect()
}

/// Zero, small amounts, prices, and a very large amount.
pub(super) fn amount(bytes: &mut Unstructured<'_>) -> Result<Amount> {
    const CENTS: &[i64] = &[1000, 0, 1, 100, 333, 1999, 5000, 10_000, 100_000_000];
    Ok(Amount::new(one_of(bytes, CENTS)?, 2))
}

/// An instant near [`START`].
pub(super) fn instant(bytes: &mut Unstructured<'_>) -> Result<Timestamp> {
    let span = one_of(bytes, SPANS)?;
    let start: Timestamp = START.parse().expect("a timestamp");
    let at = if once_in(bytes, 2)? { start.checked_sub(span) } else { start.checked_add(span) };
    Ok(at.expect("START is far from the limits of timestamps"))
}
