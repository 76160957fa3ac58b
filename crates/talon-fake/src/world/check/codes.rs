//! Codes of coupons and referrals.

use std::collections::BTreeSet;

use super::{LARGEST_AMOUNT, Seen, check_amount};
use crate::rules::CaseSensitivity;
use crate::world::{Campaign, WorldError};

/// Checks the codes of a campaign and how often they may be used.
pub(super) fn check(
    place: &str,
    campaign: &Campaign,
    case: CaseSensitivity,
    seen: &mut Seen,
) -> Result<(), WorldError> {
    for (index, coupon) in campaign.coupons.iter().enumerate() {
        let place = format!("{place}.coupons[{index}]");
        let code = case.apply(coupon.value.as_str());
        check_code(&place, "value", &code, &mut seen.coupons)?;
        check_limit(&place, "usageLimit", coupon.usage_limit)?;
        if let Some(limit) = coupon.discount_limit {
            check_amount(&format!("{place}.discountLimit"), limit, LARGEST_AMOUNT)?;
        }
    }
    for (index, referral) in campaign.referrals.iter().enumerate() {
        let place = format!("{place}.referrals[{index}]");
        let code = case.apply(referral.code.as_str());
        check_code(&place, "code", &code, &mut seen.referrals)?;
        check_limit(&place, "usageLimit", referral.usage_limit)?;
    }
    Ok(())
}

fn check_code(
    place: &str,
    member: &str,
    code: &str,
    seen: &mut BTreeSet<String>,
) -> Result<(), WorldError> {
    if code.chars().count() < 4 {
        return Err(WorldError::at(format!("{place}.{member}"), "must have 4 characters or more"));
    }
    if !seen.insert(code.to_owned()) {
        return Err(WorldError::at(format!("{place}.{member}"), "another one has this code"));
    }
    Ok(())
}

fn check_limit(place: &str, member: &str, limit: i64) -> Result<(), WorldError> {
    if (0..=999_999).contains(&limit) {
        Ok(())
    } else {
        Err(WorldError::at(format!("{place}.{member}"), "must be 0 to 999999"))
    }
}
