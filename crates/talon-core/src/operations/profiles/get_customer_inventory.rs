//! `GET /v1/customer_profiles/{integrationId}/inventory`

use crate::ProfileId;
use crate::model::CustomerInventory;
use crate::operation::{operation, options};

/// Returns what belongs to a customer: profile, referral codes, reserved coupons.
///
/// Only what is asked for is in the reply; without any flag it is empty.
///
/// ```
/// use talon_core::prelude::*;
///
/// let http = GetCustomerInventory::new("anna").coupons(true).profile(true).to_http()?;
/// assert_eq!(http.method(), http::Method::GET);
/// assert_eq!(http.uri().path(), "/v1/customer_profiles/anna/inventory");
/// assert_eq!(http.uri().query(), Some("profile=true&coupons=true"));
/// # Ok::<(), talon_core::Error>(())
/// ```
///
/// # Errors
/// 404 when there is no such profile.
///
/// Upstream: [getCustomerInventory](https://docs.talon.one/integration-api#operation/getCustomerInventory).
#[derive(Clone, Debug, PartialEq)]
pub struct GetCustomerInventory {
    /// Whose inventory.
    pub profile_id: ProfileId,
    /// Include the profile.
    pub profile: Option<bool>,
    /// Include the codes whose advocate is this profile.
    pub referrals: Option<bool>,
    /// Include the coupons reserved by this profile, redeemed ones too.
    pub coupons: Option<bool>,
    /// Include loyalty balances. Not in the API of June 2020.
    pub loyalty: Option<bool>,
    /// Include giveaways. Not in the API of June 2020.
    pub giveaways: Option<bool>,
    /// Include achievements. Not in the API of June 2020.
    pub achievements: Option<bool>,
}

impl GetCustomerInventory {
    /// Asks for the inventory of `profile_id`, as yet without any part of it.
    pub fn new(profile_id: impl Into<ProfileId>) -> Self {
        Self {
            profile_id: profile_id.into(),
            profile: None,
            referrals: None,
            coupons: None,
            loyalty: None,
            giveaways: None,
            achievements: None,
        }
    }
}

options! { GetCustomerInventory {
    /// Include the profile.
    profile: bool,
    /// Include the codes whose advocate is this profile.
    referrals: bool,
    /// Include the coupons reserved by this profile.
    coupons: bool,
    /// Include loyalty balances.
    loyalty: bool,
    /// Include giveaways.
    giveaways: bool,
    /// Include achievements.
    achievements: bool,
} }

operation! { GetCustomerInventory -> CustomerInventory {
    id: "getCustomerInventory",
    request: GET "/v1/customer_profiles/{integrationId}/inventory",
    path: { profile_id = "integrationId" },
    query: {
        profile = "profile",
        referrals = "referrals",
        coupons = "coupons",
        loyalty = "loyalty",
        giveaways = "giveaways",
        achievements = "achievements",
    },
    success: [OK],
    auth: [ApiKey, Signature],
    retry: ReadOnly,
    bad_request: ErrorResponseWithStatus,
} }
