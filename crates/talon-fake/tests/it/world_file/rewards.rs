//! Every reward.

use serde_json::json;
use talon_core::effect::{
    AddFreeItem, CustomEffect, NotificationType, RuleError, ShowBundleMetadata, ShowNotification,
    TriggerWebhook, UpdateAttribute,
};
use talon_fake::rules::*;

use super::at;

pub(super) fn rewards() -> Vec<Reward> {
    let cost = |name: &str, cost: &str, worth: Discount| CostDiscount {
        name: name.to_owned(),
        cost: cost.to_owned(),
        percent: worth.percent,
        amount: worth.amount,
    };
    let points = |name: &str, points: i64| Points {
        name: name.to_owned(),
        program_id: 7.into(),
        points: points.into(),
        ..Points::default()
    };
    let earned = Points {
        sub_ledger_id: "stars".to_owned(),
        pending: Some(Pending::days(14)),
        validity: Some(Validity::days(365)),
        ..points("Thanks", 50)
    };
    let shared = Points {
        factor: Some(2.into()),
        of: PointsBase::SessionTotal,
        items: Some(ItemFilter::sku("MUG")),
        target: PointsTarget::Advocate,
        ..points("", 0)
    };
    let spent = Progress { achievement_id: 8.into(), amount: None, percent: Some(50.into()) };
    let gift = AddFreeItem { sku: "GIFT".into(), name: "A gift".into(), desired_quantity: Some(2) };
    vec![
        Reward::set_discount("10 % off", Discount::percent(10)),
        Reward::set_discount_per_item("1 off", Discount::amount(1), ItemFilter::sku("MUG")),
        Reward::SetDiscountPerAdditionalCost(cost("Half", "shipping", Discount::percent(50))),
        Reward::SetDiscountPerAdditionalCostPerItem(cost("Free", "wrapping", Discount::amount(2))),
        Reward::AddFreeItem(gift),
        Reward::AddLoyaltyPoints(earned),
        Reward::AddLoyaltyPoints(shared),
        Reward::ExtendLoyaltyPointsExpiryDate(PointsExtension {
            program_id: 7.into(),
            sub_ledger_id: "stars".to_owned(),
            extension_duration: "1W".parse().expect("a duration"),
        }),
        Reward::SetLoyaltyPointsExpiryDate(PointsExpiry {
            program_id: 7.into(),
            new_expiry_date: at("2027-01-01T00:00:00Z"),
            ..PointsExpiry::default()
        }),
        Reward::DeductLoyaltyPoints(points("Spent", 20)),
        Reward::CreateCoupon,
        Reward::CreateReferral,
        Reward::RedeemReferral,
        Reward::ReserveCoupon("SUMMER10".into()),
        Reward::AddToAudience(5.into()),
        Reward::RemoveFromAudience(5.into()),
        Reward::AwardGiveaway(3),
        Reward::StartAchievementProgress(8.into()),
        Reward::increase_achievement_progress(8, 1),
        Reward::IncreaseAchievementProgress(spent),
        Reward::ShowNotification(ShowNotification {
            notification_type: NotificationType::Offer,
            title: "Hi".into(),
            body: "There".into(),
        }),
        Reward::UpdateAttribute(UpdateAttribute {
            path: "Profile.Attributes.Tier".into(),
            value: json!("gold"),
        }),
        Reward::TriggerWebhook(TriggerWebhook { webhook_id: 1, webhook_name: "crm".into() }),
        Reward::CustomEffect(CustomEffect {
            effect_id: 2,
            name: "confetti".into(),
            cart_item_position: Some(0),
            cart_item_sub_position: Some(1),
            bundle_index: Some(2),
            bundle_name: Some("pair".into()),
            payload: json!({"colour": "red"}),
        }),
        Reward::ShowBundleMetadata(ShowBundleMetadata {
            description: "Two".into(),
            bundle_attributes: vec!["Colour".into()],
            items_indices: vec![0, 1],
        }),
        Reward::Error(RuleError { message: "division by zero".into() }),
    ]
}
