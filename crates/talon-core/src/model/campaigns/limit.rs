//! Limits and budgets.

use crate::Amount;
use crate::model::model;
use crate::wire::open_enum;

model! {
    /// A limit of a campaign or a coupon.
    ///
    /// Schema `LimitConfig`.
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    pub struct LimitConfig {
        /// The limited action.
        pub action: LimitAction,
        /// Maximum number or sum, at least 0.
        pub limit: Amount,
        /// Period after which the counter is reset; absent means never. Not in the API of June
        /// 2020.
        pub period: Option<LimitPeriod>,
        /// Entities that are counted separately, such as customers; empty means the whole campaign.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub entities: Vec<LimitEntity>,
    }
}

model! {
    /// A campaign's limit and how much of it is used.
    ///
    /// Not in the API of June 2020. Schema `CampaignBudget`.
    pub struct CampaignBudget {
        /// The limited action.
        pub action: LimitAction,
        /// Maximum number or sum, at least 0.
        pub limit: Amount,
        /// Number or sum so far, at least 0.
        pub counter: Amount,
    }
}

open_enum! {
    /// An action that can be limited.
    ///
    /// The current API has further values, and its documentation does not list them.
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
    /// An entity that a limit counts separately.
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
    /// Period after which a counter is reset.
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
