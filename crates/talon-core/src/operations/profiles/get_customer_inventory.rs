//! `GET /v1/customer_profiles/{integrationId}/inventory`

use crate::ProfileId;
use crate::model::CustomerInventory;
use crate::operation::{operation, options};

/// Returns the inventory of a customer: profile, referral codes, reserved coupons and more.
///
/// The reply contains only the requested parts; without any flag it is empty.
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
    /// Integration id of the profile.
    pub profile_id: ProfileId,
    /// Includes the profile. Default `false`.
    pub profile: Option<bool>,
    /// Includes referral codes whose advocate is this profile. Default `false`.
    pub referrals: Option<bool>,
    /// Includes coupons reserved for this profile, also redeemed ones. Default `false`.
    pub coupons: Option<bool>,
    /// Includes loyalty balances. Default `false`. Not in the API of June 2020.
    pub loyalty: Option<bool>,
    /// Includes giveaways. Default `false`. Not in the API of June 2020.
    pub giveaways: Option<bool>,
    /// Includes achievements. Default `false`. Not in the API of June 2020.
    pub achievements: Option<bool>,
}

impl GetCustomerInventory {
    /// Requests the inventory of `profile_id`. Request its parts with the setters.
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
    /// Includes the profile. Default `false`.
    profile: bool,
    /// Includes referral codes whose advocate is this profile. Default `false`.
    referrals: bool,
    /// Includes coupons reserved for this profile.
    coupons: bool,
    /// Includes loyalty balances. Default `false`.
    loyalty: bool,
    /// Includes giveaways. Default `false`.
    giveaways: bool,
    /// Includes achievements. Default `false`.
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
