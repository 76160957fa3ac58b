//! Limits and budgets.

use crate::Amount;
use crate::model::model;
use crate::wire::open_enum;

model! {
    /// How much of something may happen.
    ///
    /// Schema `LimitConfig`.
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    pub struct LimitConfig {
        /// What is limited.
        pub action: LimitAction,
        /// How often it may happen, or up to which sum; at least 0.
        pub limit: Amount,
        /// How often counting starts anew; never when absent. Not in the API of June 2020.
        pub period: Option<LimitPeriod>,
        /// What is counted separately, such as each customer; the whole campaign when empty.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub entities: Vec<LimitEntity>,
    }
}

model! {
    /// A campaign's limit and how much of it is used.
    ///
    /// Not in the API of June 2020. Schema `CampaignBudget`.
    pub struct CampaignBudget {
        /// What is limited.
        pub action: LimitAction,
        /// How often it may happen, or up to which sum; at least 0.
        pub limit: Amount,
        /// How often it happened, or the sum so far; at least 0.
        pub counter: Amount,
    }
}

open_enum! {
    /// Something that can be limited.
    ///
    /// The service of today has further values and publishes no list of them.
    pub enum LimitAction {
        /// Redemptions of coupons.
        RedeemCoupon = "redeemCoupon",
        /// Redemptions of referral codes.
        RedeemReferral = "redeemReferral",
        /// Sum of the discounts.
        SetDiscount = "setDiscount",
        /// Coupons created by rules.
        CreateCoupon = "createCoupon",
        /// Number of the discounts.
        SetDiscountEffect = "setDiscountEffect",
    }
}

open_enum! {
    /// Something each of which has a limit of its own.
    pub enum LimitEntity {
        /// Each coupon.
        Coupon = "Coupon",
        /// Each referral code.
        Referral = "Referral",
        /// Each customer.
        Profile = "Profile",
        /// Each identifier of a session.
        Identifier = "Identifier",
        /// Each store. Not in the API of June 2020.
        Store = "Store",
        /// Each session. Not in the API of June 2020.
        Session = "Session",
    }
}

open_enum! {
    /// How often counting starts anew.
    pub enum LimitPeriod {
        /// Every day.
        Daily = "daily",
        /// Every week.
        Weekly = "weekly",
        /// Every month.
        Monthly = "monthly",
        /// Every year.
        Yearly = "yearly",
    }
}
