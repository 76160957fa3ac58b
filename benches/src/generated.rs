//! The reply to a session update in the style of a client that openapi-generator makes for Rust.
//!
//! A row to compare with: what nearly every Rust shop uses today. Timestamps are text, money is
//! binary, the props of effects are untyped, nested models are boxed, and an unknown state of a
//! session fails the whole reply. Members that no payload here has are `Value`.
#![allow(missing_docs, reason = "the schema's members, under the schema's names")]

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

mod coupon;

pub use coupon::{Coupon, IntegrationCoupon, LimitConfig};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IntegrationStateV2 {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_profile: Option<Box<CustomerProfile>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loyalty: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub triggered_campaigns: Option<Vec<Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign_eligibility: Option<Vec<Value>>,
    pub effects: Vec<Effect>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_failure_reasons: Option<Vec<Value>>,
    pub created_coupons: Vec<Coupon>,
    pub created_referrals: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awarded_giveaways: Option<Vec<Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub achievements: Option<Vec<Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referral: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coupons: Option<Vec<IntegrationCoupon>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<Box<Event>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advanced_event: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_session: Option<Box<CustomerSessionV2>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#return: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_returns: Option<Vec<Value>>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerSessionV2 {
    pub id: i64,
    pub created: String,
    pub integration_id: String,
    pub application_id: i64,
    pub profile_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub store_integration_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluable_campaign_ids: Option<Vec<i64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coupon_codes: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referral_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loyalty_cards: Option<Vec<String>>,
    pub state: State,
    pub cart_items: Vec<CartItem>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub experiment_variant_allocations: Option<Vec<Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_costs: Option<HashMap<String, AdditionalCost>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifiers: Option<Vec<String>>,
    pub attributes: Value,
    pub first_session: bool,
    pub update_count: i64,
    pub total: f64,
    pub cart_item_total: f64,
    pub additional_cost_total: f64,
    pub cart_item_additional_cost_total: f64,
    pub updated: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CartItem {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub sku: String,
    pub quantity: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returned_quantity: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remaining_quantity: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<Box<Product>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attributes: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_costs: Option<HashMap<String, AdditionalCost>>,
    #[serde(rename = "catalogItemID", skip_serializing_if = "Option::is_none")]
    pub catalog_item_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selected_price_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adjustment_reference_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adjustment_effective_from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adjustment_effective_until: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prices: Option<HashMap<String, Value>>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Product {
    pub name: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AdditionalCost {
    pub price: f64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CustomerProfile {
    pub id: i64,
    pub created: String,
    pub integration_id: String,
    pub attributes: Value,
    pub account_id: i64,
    pub closed_sessions: i64,
    pub total_sales: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loyalty_memberships: Option<Vec<LoyaltyMembership>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience_memberships: Option<Vec<AudienceMembership>>,
    pub last_activity: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sandbox: Option<bool>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LoyaltyMembership {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joined: Option<String>,
    pub loyalty_program_id: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AudienceMembership {
    pub id: i64,
    pub name: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    pub id: i64,
    pub created: String,
    pub application_id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub store_integration_id: Option<String>,
    pub r#type: String,
    pub attributes: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub integration_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    pub effects: Vec<Vec<Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ledger_entries: Option<Vec<Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meta: Option<Value>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Effect {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub experiment_id: Option<i64>,
    pub campaign_id: i64,
    pub ruleset_id: i64,
    pub rule_index: i64,
    pub rule_name: String,
    pub effect_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub triggered_by_coupon: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub triggered_for_catalog_item: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition_index: Option<i64>,
    #[serde(rename = "evaluationGroupID", skip_serializing_if = "Option::is_none")]
    pub evaluation_group_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evaluation_group_mode: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign_revision_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campaign_revision_version_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selected_price_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selected_price: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adjustment_reference_id: Option<String>,
    pub props: Value,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    #[default]
    Open,
    Closed,
    PartiallyReturned,
    Cancelled,
}
