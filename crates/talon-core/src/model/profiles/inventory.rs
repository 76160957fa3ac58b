//! Inventories of customers, and customers with a reservation.

use crate::model::{
    AchievementProgressWithDefinition, Coupon, CustomerProfile, Giveaway, Loyalty, Referral, model,
};

model! {
    /// Inventory of a customer: contains only the requested parts.
    ///
    /// Schema `CustomerInventory`.
    pub struct CustomerInventory {
        /// The customer.
        pub profile: Option<CustomerProfile>,
        /// Points of the customer. Not in the API of June 2020.
        pub loyalty: Option<Loyalty>,
        /// Referral codes the customer is the advocate of.
        pub referrals: Option<Vec<Referral>>,
        /// Coupons reserved for the customer, redeemed ones included.
        pub coupons: Option<Vec<Coupon>>,
        /// Giveaways awarded to the customer. Not in the API of June 2020.
        pub giveaways: Option<Vec<Giveaway>>,
        /// Achievements of the customer and their progress. Not in the API of June 2020.
        pub achievements: Option<Vec<AchievementProgressWithDefinition>>,
    }
}

model! {
    /// Customers who hold a reservation of a coupon.
    ///
    /// Schema `inline_response_200`.
    pub struct ReservedCustomers {
        /// Number of customers.
        pub total_result_size: i64,
        /// The customers.
        #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
        pub data: Vec<CustomerProfile>,
    }
}
