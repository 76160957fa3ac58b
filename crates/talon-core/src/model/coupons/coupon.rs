//! Coupons and their reservations.

use crate::model::{LimitConfig, body_of_list, model};
use crate::wire::open_enum;
use crate::{
    Amount, Attributes, CampaignId, CouponCode, CouponId, ProfileId, ReferralId, Timestamp,
};

model! {
    /// A coupon code and its use.
    ///
    /// Schemas `Coupon`, `InventoryCoupon` and `IntegrationCoupon`.
    pub struct Coupon {
        /// Id that the service assigned to the coupon.
        pub id: CouponId,
        /// Time of its creation.
        pub created: Timestamp,
        /// Campaign it belongs to.
        pub campaign_id: CampaignId,
        /// The code, at least 4 characters.
        pub value: CouponCode,
        /// Maximum number of redemptions, 0 to 999 999; 0 means no limit other than the campaign's.
        pub usage_limit: i64,
        /// Maximum total discount, as for a gift card: 0 to 10¹⁵, in the API of June 2020 to 999
        /// 999.
        pub discount_limit: Option<Amount>,
        /// Maximum number of reservations, 0 to 999 999. Not in the API of June 2020.
        pub reservation_limit: Option<i64>,
        /// Start of its validity; absent means valid since its creation.
        pub start_date: Option<Timestamp>,
        /// End of its validity; absent means never.
        pub expiry_date: Option<Timestamp>,
        /// Limits per customer that replace the campaign's. Not in the API of June 2020.
        pub limits: Option<Vec<LimitConfig>>,
        /// Redemptions so far, by closed sessions.
        pub usage_counter: i64,
        /// Discount given so far; counted only under a `discount_limit`.
        pub discount_counter: Option<Amount>,
        /// Discount it may still give; known only under a `discount_limit`.
        pub discount_remainder: Option<Amount>,
        /// Reservations so far. Not in the API of June 2020.
        pub reservation_counter: Option<Amount>,
        /// Custom attributes.
        pub attributes: Option<Attributes>,
        /// Referral it was created for.
        pub referral_id: Option<ReferralId>,
        /// Integration id of the only customer who may redeem it; absent means any customer.
        pub recipient_integration_id: Option<ProfileId>,
        /// Import that created it.
        pub import_id: Option<i64>,
        /// What a reservation means; `true` by default. In 2020, `true` makes it a bookmark and `false`
        /// a condition of redeeming; today, `true` lets several customers reserve and `false` only one.
        pub reservation: Option<bool>,
        /// Batch it was created in.
        pub batch_id: Option<String>,
        /// Whether only holders of a reservation may redeem it; `false` by default. Not in the API
        /// of June 2020.
        pub is_reservation_mandatory: Option<bool>,
        /// Whether it counts as reserved for every customer. Not in the API of June 2020.
        pub implicitly_reserved: Option<bool>,
        /// Redemptions by the customer in question; in inventories and session replies. Not in the
        /// API of June 2020.
        pub profile_redemption_count: Option<i64>,
        /// State for the customer of an inventory; only in inventories. Not in the API of June
        /// 2020.
        pub state: Option<CouponState>,
    }
}

open_enum! {
    /// State of a coupon in the inventory of a customer.
    pub enum CouponState {
        /// Redeem it, once its campaign runs.
        Active = "active",
        /// Nothing: it is used up, or the customer redeemed it in time.
        Used = "used",
        /// Nothing: its time passed without a redemption.
        Expired = "expired",
        /// Wait: its time has not come.
        Pending = "pending",
        /// Nothing: its campaign is not active.
        Disabled = "disabled",
    }
}

model! {
    /// Customers a coupon is reserved for, or no longer reserved for.
    ///
    /// Schema `CouponReservations`.
    pub struct CouponReservations {
        /// The customers, at most 1000.
        #[serde(rename = "integrationIDs")]
        pub integration_ids: Vec<ProfileId>,
    }
    setters
}

impl CouponReservations {
    /// These customers.
    pub fn new<P: Into<ProfileId>>(profiles: impl IntoIterator<Item = P>) -> Self {
        Self { integration_ids: profiles.into_iter().map(Into::into).collect() }
    }
}

body_of_list!(CouponReservations, ProfileId);
