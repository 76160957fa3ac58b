//! Reasons for the rejection of codes.

use crate::wire::open_enum;

open_enum! {
    /// Reason why a coupon code was rejected.
    pub enum CouponRejection {
        /// No coupon has this code.
        CouponNotFound = "CouponNotFound",
        /// Its campaign is disabled, archived, not started or has ended.
        CouponPartOfNotRunningCampaign = "CouponPartOfNotRunningCampaign",
        /// Its campaign was not evaluated. Not in the API of June 2020.
        CouponPartOfNotTriggeredCampaign = "CouponPartOfNotTriggeredCampaign",
        /// No rule of its campaign checks coupons. Only in the API of June 2020.
        CouponValidConditionMissing = "CouponValidConditionMissing",
        /// Its limit of redemptions is reached.
        CouponLimitReached = "CouponLimitReached",
        /// The campaign's limit of redemptions is reached.
        CampaignLimitReached = "CampaignLimitReached",
        /// The limit of redemptions per customer is reached.
        ProfileLimitReached = "ProfileLimitReached",
        /// It is restricted to another customer.
        CouponRecipientDoesNotMatch = "CouponRecipientDoesNotMatch",
        /// Only holders of a reservation may redeem it. Not in the API of June 2020.
        CouponReservationRequired = "CouponReservationRequired",
        /// The session has no customer. Not in the API of June 2020.
        ProfileRequired = "ProfileRequired",
        /// It has expired.
        CouponExpired = "CouponExpired",
        /// It is not valid yet.
        CouponStartDateInFuture = "CouponStartDateInFuture",
        /// Another condition of the rule failed.
        CouponRejectedByCondition = "CouponRejectedByCondition",
        /// An effect of the rule exceeded a limit, such as a discount budget.
        EffectCouldNotBeApplied = "EffectCouldNotBeApplied",
    }
}

open_enum! {
    /// Reason why a referral code was rejected.
    pub enum ReferralRejection {
        /// No referral has this code.
        ReferralNotFound = "ReferralNotFound",
        /// The customer is the advocate.
        ReferralRecipientIdSameAsAdvocate = "ReferralRecipientIdSameAsAdvocate",
        /// Its campaign is disabled, archived, not started or has ended.
        ReferralPartOfNotRunningCampaign = "ReferralPartOfNotRunningCampaign",
        /// Its campaign was not evaluated. Not in the API of June 2020.
        ReferralPartOfNotTriggeredCampaign = "ReferralPartOfNotTriggeredCampaign",
        /// No rule of its campaign checks referrals. Only in the API of June 2020.
        ReferralValidConditionMissing = "ReferralValidConditionMissing",
        /// Its limit of redemptions is reached.
        ReferralLimitReached = "ReferralLimitReached",
        /// The campaign's limit of redemptions is reached.
        CampaignLimitReached = "CampaignLimitReached",
        /// The limit of redemptions per customer is reached.
        ProfileLimitReached = "ProfileLimitReached",
        /// It is restricted to another friend.
        ReferralRecipientDoesNotMatch = "ReferralRecipientDoesNotMatch",
        /// The friend was already referred in this campaign. Not in the API of June 2020.
        ReferralCustomerAlreadyReferred = "ReferralCustomerAlreadyReferred",
        /// The advocate no longer exists. Not in the API of June 2020.
        AdvocateNotFound = "AdvocateNotFound",
        /// It has expired.
        ReferralExpired = "ReferralExpired",
        /// It is not valid yet.
        ReferralStartDateInFuture = "ReferralStartDateInFuture",
        /// Another condition of the rule failed.
        ReferralRejectedByCondition = "ReferralRejectedByCondition",
        /// An effect of the rule exceeded a limit, such as a discount budget.
        EffectCouldNotBeApplied = "EffectCouldNotBeApplied",
    }
}
