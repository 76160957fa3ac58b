//! Coupon and referral codes: creating them, and reserving coupons.

use std::collections::BTreeSet;

use talon_core::model::{CampaignFeature, CodeGeneratorSettings, Coupon, NewReferral, Referral};
use talon_core::{
    Amount, ApiError, Attributes, CampaignId, CouponCode, Problem, ProfileId, ReferralCode,
};

use crate::state::{StoredCoupon, StoredReferral, Transaction};
use crate::world::default_code_settings;

/// How many random codes are tried.
const MAX_ATTEMPTS: usize = 100;
/// How many codes a pattern may have for all of them to be tried after that.
const MAX_ENUMERATED: usize = 10_000;

/// The first code of the pattern that `if_unused` accepts.
pub(super) fn unused<C>(
    tx: &mut Transaction<'_>,
    settings: Option<&CodeGeneratorSettings>,
    if_unused: impl Fn(&Transaction<'_>, &str) -> Option<C>,
) -> Option<C> {
    let default = default_code_settings();
    let settings = settings.unwrap_or(&default);
    let random = (0..MAX_ATTEMPTS).find_map(|_| {
        let code = tx.ids().code(settings);
        if_unused(tx, &code)
    });
    random.or_else(|| enumerate(settings).find_map(|code| if_unused(tx, &code)))
}

/// How many different codes a pattern has.
pub(crate) fn possible_codes(settings: &CodeGeneratorSettings) -> usize {
    let places = settings.coupon_pattern.matches('#').count();
    let places = u32::try_from(places).unwrap_or(u32::MAX);
    characters(settings).len().checked_pow(places).unwrap_or(usize::MAX)
}

fn characters(settings: &CodeGeneratorSettings) -> Vec<&str> {
    let distinct: BTreeSet<_> = settings.valid_characters.iter().map(String::as_str).collect();
    distinct.into_iter().collect()
}

/// Every code of a pattern that has few.
fn enumerate(settings: &CodeGeneratorSettings) -> impl Iterator<Item = String> {
    let count = Some(possible_codes(settings)).filter(|count| *count <= MAX_ENUMERATED);
    let characters = characters(settings);
    (0..count.unwrap_or(0)).map(move |index| {
        let mut rest = index;
        let mut code = String::new();
        for place in settings.coupon_pattern.chars() {
            if place == '#' {
                code.push_str(characters[rest % characters.len()]);
                rest /= characters.len();
            } else {
                code.push(place);
            }
        }
        code
    })
}

/// An unused code of the campaign's pattern for coupons.
pub(super) fn unused_coupon(tx: &mut Transaction<'_>, campaign: CampaignId) -> Option<CouponCode> {
    let campaign = tx.campaign(campaign)?;
    let settings = campaign.campaign.coupon_settings.as_ref();
    unused(tx, settings, |tx, code| {
        let code = CouponCode::from(tx.state.case.apply(code).into_owned());
        tx.coupon(&code).is_none().then_some(code)
    })
}

/// Creates a coupon that its recipient may redeem once; anybody, where that is empty.
pub(super) fn create_coupon(
    tx: &mut Transaction<'_>,
    campaign_id: CampaignId,
    value: CouponCode,
    recipient: &ProfileId,
) -> Coupon {
    let coupon = Coupon {
        id: tx.ids().number(),
        created: tx.now,
        campaign_id,
        value,
        usage_limit: 1,
        recipient_integration_id: Some(recipient.clone()).filter(|id| !id.is_empty()),
        reservation: Some(true),
        attributes: Some(Attributes::new()),
        ..Coupon::default()
    };
    tx.counts_mut(campaign_id).coupon_creations += 1;
    tx.put_coupon(StoredCoupon { coupon: coupon.clone(), reserved_by: BTreeSet::new() });
    coupon
}

/// How the codes of one request are made.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct CodeBatch<'a> {
    /// Pattern of the codes; that of the campaign when absent.
    pub(crate) settings: Option<&'a CodeGeneratorSettings>,
    /// Id of the batch, where many are made at once.
    pub(crate) id: Option<&'a str>,
}

/// Creates a referral for an advocate, whose profile is created when unknown.
pub(crate) fn create_referral(
    tx: &mut Transaction<'_>,
    order: NewReferral,
    batch: CodeBatch<'_>,
) -> Result<Referral, ApiError> {
    let Some(campaign) = tx.campaign(order.campaign_id) else {
        return Err(refusal("Not found", "there is no such campaign"));
    };
    if !campaign.campaign.features.contains(&CampaignFeature::Referrals) {
        return Err(refusal("Invalid", "the campaign has no referrals"));
    }
    let settings = batch.settings.or(campaign.campaign.referral_settings.as_ref());
    let code = unused(tx, settings, |tx, code| {
        let code = ReferralCode::from(tx.state.case.apply(code).into_owned());
        tx.referral(&code).is_none().then_some(code)
    });
    let Some(code) = code else {
        return Err(refusal("Invalid", "its pattern has no unused code left"));
    };
    let friend = order.friend_profile_integration_id.filter(|friend| !friend.is_empty());
    let referral = Referral {
        id: tx.ids().number(),
        created: tx.now,
        campaign_id: order.campaign_id,
        advocate_profile_integration_id: order.advocate_profile_integration_id,
        friend_profile_integration_id: friend,
        start_date: order.start_date,
        expiry_date: order.expiry_date,
        code: code.clone(),
        usage_limit: order.usage_limit.unwrap_or(1),
        attributes: Some(order.attributes.unwrap_or_default()),
        batch_id: batch.id.map(ToOwned::to_owned),
        ..Referral::default()
    };
    let advocate = tx.profile_or_new(&referral.advocate_profile_integration_id);
    advocate.advocated.insert(code);
    tx.put_referral(StoredReferral { referral: referral.clone() });
    Ok(referral)
}

fn refusal(title: &str, details: &str) -> ApiError {
    ApiError::invalid(Problem::at("/campaignId", title, details))
}

/// Reserves a coupon for profiles, which are created when unknown.
pub(crate) fn reserve(tx: &mut Transaction<'_>, code: &CouponCode, profiles: &[ProfileId]) {
    let Some(code) = stored_value(tx, code) else { return };
    for profile in profiles {
        tx.profile_or_new(profile).reserved.insert(code.clone());
    }
    if let Some(stored) = tx.coupon_mut(&code) {
        stored.reserved_by.extend(profiles.iter().cloned());
        count_reservations(stored);
    }
}

/// Ends the reservations of profiles, as far as they have one.
pub(crate) fn end_reservations(
    tx: &mut Transaction<'_>,
    code: &CouponCode,
    profiles: &[ProfileId],
) {
    let Some(code) = stored_value(tx, code) else { return };
    for profile in profiles {
        if let Some(stored) = tx.profile_mut(profile) {
            stored.reserved.remove(&code);
        }
    }
    if let Some(stored) = tx.coupon_mut(&code) {
        stored.reserved_by.retain(|profile| !profiles.contains(profile));
        count_reservations(stored);
    }
}

/// The code as it is stored, which may be spelled differently.
fn stored_value(tx: &Transaction<'_>, code: &CouponCode) -> Option<CouponCode> {
    tx.coupon(code).map(|stored| stored.coupon.value.clone())
}

fn count_reservations(stored: &mut StoredCoupon) {
    let count = i64::try_from(stored.reserved_by.len()).unwrap_or(i64::MAX);
    stored.coupon.reservation_counter = Some(Amount::from(count));
}
