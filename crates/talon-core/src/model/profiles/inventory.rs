//! What a customer has, and who has a coupon.

use serde::{Deserialize, Serialize};

use crate::model::{
    AchievementProgressWithDefinition, Coupon, CustomerProfile, Giveaway, Loyalty, Referral,
};

/// What a customer has: only the parts that were asked for.
///
/// Schema `CustomerInventory`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerInventory {
    /// The customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<CustomerProfile>,
    /// Points of the customer. Today only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loyalty: Option<Loyalty>,
    /// Referral codes the customer is the advocate of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referrals: Option<Vec<Referral>>,
    /// Coupons reserved for the customer, redeemed ones included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coupons: Option<Vec<Coupon>>,
    /// Giveaways the customer was given. Today only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub giveaways: Option<Vec<Giveaway>>,
    /// Customer's achievements and how far they are. Today only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub achievements: Option<Vec<AchievementProgressWithDefinition>>,
}

/// Customers who hold a reservation of a coupon.
///
/// Schema `inline_response_200`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ReservedCustomers {
    /// How many they are.
    pub total_result_size: i64,
    /// The customers.
    #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
    pub data: Vec<CustomerProfile>,
}
