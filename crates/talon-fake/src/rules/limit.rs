//! Limits of campaigns.

/// Actions that a campaign may limit.
pub(crate) const LIMITED_ACTIONS: &[&str] = &[
    "redeemCoupon",
    "redeemReferral",
    "setDiscount",
    "setDiscountEffect",
    "createCoupon",
    "createReferral",
    "reserveCoupon",
    "createLoyaltyPoints",
    "createLoyaltyPointsEffect",
    "redeemLoyaltyPoints",
    "redeemLoyaltyPointsEffect",
    "awardGiveaway",
    "addFreeItemEffect",
    "customEffect",
    "callApi",
];
