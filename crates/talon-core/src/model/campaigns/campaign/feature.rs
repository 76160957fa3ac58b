//! What a campaign can do.

use crate::wire::open_enum;

open_enum! {
    /// A feature that the rules of a campaign may use.
    pub enum CampaignFeature {
        /// Coupon codes.
        Coupons = "coupons",
        /// Referral codes.
        Referrals = "referrals",
        /// Loyalty points.
        Loyalty = "loyalty",
        /// Giveaways. Not in the API of June 2020.
        Giveaways = "giveaways",
        /// Crossed-out prices of catalogs. Not in the API of June 2020.
        Strikethrough = "strikethrough",
        /// Achievements. Not in the API of June 2020.
        Achievements = "achievements",
        /// Events of V3. Not in the API of June 2020.
        AdvancedEvents = "advancedEvents",
    }
}

open_enum! {
    /// Scope of the effects of a campaign.
    pub enum CampaignType {
        /// Lines of the cart.
        CartItem = "cartItem",
        /// Lines of the cart and the whole session; the default.
        Advanced = "advanced",
    }
}
