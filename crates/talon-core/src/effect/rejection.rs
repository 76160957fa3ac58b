//! Why codes are rejected.

use crate::wire::open_enum;

open_enum! {
    /// Why a coupon code was rejected.
    pub enum CouponRejection {
        /// No coupon has this code.
        CouponNotFound = "CouponNotFound",
        /// Its campaign is disabled, archived, not begun or over.
        CouponPartOfNotRunningCampaign = "CouponPartOfNotRunningCampaign",
        /// Its campaign was not evaluated. Not in the API of June 2020.
        CouponPartOfNotTriggeredCampaign = "CouponPartOfNotTriggeredCampaign",
        /// No rule of its campaign checks coupons. 2020 only.
        CouponValidConditionMissing = "CouponValidConditionMissing",
        /// It was redeemed as often as it may be.
        CouponLimitReached = "CouponLimitReached",
        /// Its campaign had all the redemptions it may have.
        CampaignLimitReached = "CampaignLimitReached",
        /// This customer had all the redemptions one may have.
        ProfileLimitReached = "ProfileLimitReached",
        /// It is meant for another customer.
        CouponRecipientDoesNotMatch = "CouponRecipientDoesNotMatch",
        /// Only holders of a reservation may redeem it. Not in the API of June 2020.
        CouponReservationRequired = "CouponReservationRequired",
        /// The session has no customer to check. Not in the API of June 2020.
        ProfileRequired = "ProfileRequired",
        /// Its time is over.
        CouponExpired = "CouponExpired",
        /// Its time has not come.
        CouponStartDateInFuture = "CouponStartDateInFuture",
        /// Another condition of the rule failed.
        CouponRejectedByCondition = "CouponRejectedByCondition",
        /// An effect of the rule met a limit, such as a discount budget.
        EffectCouldNotBeApplied = "EffectCouldNotBeApplied",
    }
}

open_enum! {
    /// Why a referral code was rejected.
    pub enum ReferralRejection {
        /// No referral has this code.
        ReferralNotFound = "ReferralNotFound",
        /// The customer is the advocate.
        ReferralRecipientIdSameAsAdvocate = "ReferralRecipientIdSameAsAdvocate",
        /// Its campaign is disabled, archived, not begun or over.
        ReferralPartOfNotRunningCampaign = "ReferralPartOfNotRunningCampaign",
        /// Its campaign was not evaluated. Not in the API of June 2020.
        ReferralPartOfNotTriggeredCampaign = "ReferralPartOfNotTriggeredCampaign",
        /// No rule of its campaign checks referrals. 2020 only.
        ReferralValidConditionMissing = "ReferralValidConditionMissing",
        /// It was redeemed as often as it may be.
        ReferralLimitReached = "ReferralLimitReached",
        /// Its campaign had all the redemptions it may have.
        CampaignLimitReached = "CampaignLimitReached",
        /// This customer had all the redemptions one may have.
        ProfileLimitReached = "ProfileLimitReached",
        /// It is meant for another friend.
        ReferralRecipientDoesNotMatch = "ReferralRecipientDoesNotMatch",
        /// The friend was already referred in this campaign. Not in the API of June 2020.
        ReferralCustomerAlreadyReferred = "ReferralCustomerAlreadyReferred",
        /// The advocate no longer exists. Not in the API of June 2020.
        AdvocateNotFound = "AdvocateNotFound",
        /// Its time is over.
        ReferralExpired = "ReferralExpired",
        /// Its time has not come.
        ReferralStartDateInFuture = "ReferralStartDateInFuture",
        /// Another condition of the rule failed.
        ReferralRejectedByCondition = "ReferralRejectedByCondition",
        /// An effect of the rule met a limit, such as a discount budget.
        EffectCouldNotBeApplied = "EffectCouldNotBeApplied",
    }
}
