//! Coupons.

use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IntegrationCoupon {
    pub id: i64,
    pub created: String,
    pub campaign_id: i64,
    pub value: String,
    pub usage_limit: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount_limit: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reservation_limit: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiry_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<Vec<LimitConfig>>,
    pub usage_counter: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount_counter: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount_remainder: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reservation_counter: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referral_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient_integration_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reservation: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_reservation_mandatory: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub implicitly_reserved: Option<bool>,
    pub profile_redemption_count: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Coupon {
    pub id: i64,
    pub created: String,
    pub campaign_id: i64,
    pub value: String,
    pub usage_limit: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount_limit: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reservation_limit: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiry_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limits: Option<Vec<LimitConfig>>,
    pub usage_counter: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount_counter: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount_remainder: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reservation_counter: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referral_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient_integration_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub import_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reservation: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_reservation_mandatory: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub implicitly_reserved: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LimitConfig {
    pub action: String,
    pub limit: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    pub entities: Vec<String>,
}
