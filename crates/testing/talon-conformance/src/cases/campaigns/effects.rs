//! Effects of rules other than discounts.

use serde_json::json;
use talon_core::effect::{
    AddFreeItem, CustomEffect, NotificationType, RuleError, ShowBundleMetadata, ShowNotification,
    TriggerWebhook, UpdateAttribute,
};

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success effects_are_returned_as_the_rule_defines_them,
        detail a_rule_that_fails_does_not_refuse_the_request,
        surprise an_effect_of_an_unknown_type_is_returned,
        surprise update_attribute_changes_the_profile,
        detail update_attribute_changes_the_session,
        detail a_coupon_is_created_when_the_session_closes,
        surprise a_cancellation_keeps_a_created_coupon,
        detail a_referral_is_created_when_the_session_closes,
        detail conditions_see_the_whole_session,
        detail a_reply_has_all_current_effects_and_not_only_new_ones,
        detail a_closure_creates_effects_from_the_facts,
        surprise a_cancellation_does_not_restore_an_attribute,
        detail an_attribute_of_an_anonymous_customer_is_not_changed,
    }
    "updateCustomerProfile" {
        detail rules_about_the_profile_run,
    }
}

fn rewards(rewards: impl IntoIterator<Item = Reward>) -> Seed {
    seed::rule(rewards.into_iter().fold(Rule::new("All"), Rule::then))
}

async fn effects_are_returned_as_the_rule_defines_them(worlds: Worlds) {
    let gift = AddFreeItem { sku: "GIFT".into(), name: "A gift".into(), desired_quantity: None };
    let notification = ShowNotification {
        notification_type: NotificationType::Offer,
        title: "Nearly".into(),
        body: "5 € more & it's free".into(),
    };
    let webhook = TriggerWebhook { webhook_id: 7, webhook_name: "crm".into() };
    let payload = json!({"deep": [1.5, null, {"ß": true}]});
    let custom =
        CustomEffect { effect_id: 3, name: "confetti".into(), payload, ..CustomEffect::default() };
    let bundle = ShowBundleMetadata {
        description: "Two".into(),
        bundle_attributes: vec!["Colour".into()],
        items_indices: vec![0, 1],
    };
    let seed = rewards([
        Reward::AddFreeItem(gift.clone()),
        Reward::ShowNotification(notification.clone()),
        Reward::TriggerWebhook(webhook.clone()),
        Reward::CustomEffect(custom.clone()),
        Reward::ShowBundleMetadata(bundle.clone()),
    ]);
    let world = worlds.with(seed).await;

    let reply = world.put("cart-1", cart(100)).await;

    let expected: [EffectKind; 5] =
        [gift.into(), notification.into(), webhook.into(), custom.into(), bundle.into()];
    assert_eq!(reply.kinds(), expected.iter().collect::<Vec<_>>());
}

async fn a_rule_that_fails_does_not_refuse_the_request(worlds: Worlds) {
    let error = RuleError { message: "division by zero".into() };
    let world = worlds.with(seed::always(Reward::Error(error.clone()))).await;

    let reply = world.put("cart-1", cart(100)).await;

    assert_eq!(reply.kinds(), [&EffectKind::from(error)]);
}

async fn an_effect_of_an_unknown_type_is_returned(worlds: Worlds) {
    let text = r#"{"campaignId":1,"rulesetId":1,"ruleIndex":0,"ruleName":"",
        "effectType":"launchRocket","props":{"to":["moon",1.50]}}"#;
    let rocket: Effect = serde_json::from_str(text).expect("an effect");
    let launch = rocket.kind.clone();
    let seed = seed::always(Reward::compute(move |_| vec![launch.clone()]));
    let world = worlds.with(seed).await;

    let reply = world.put("cart-1", cart(100)).await;

    assert_eq!(reply.types(), ["launchRocket"]);
    assert_eq!(reply.kinds(), [&rocket.kind]);
}

fn update(path: &str) -> Reward {
    Reward::UpdateAttribute(UpdateAttribute { path: path.into(), value: json!("gold") })
}

async fn update_attribute_changes_the_profile(worlds: Worlds) {
    let world = worlds.with(seed::always(update("Profile.Attributes.Tier"))).await;

    let reply = world.put("cart-1", cart(100).profile("anna")).await;

    assert_eq!(reply.types(), ["updateAttribute"]);
    let profile = world.probe().profile("anna").expect("created");
    assert_eq!(profile.attributes.text("Tier"), Some("gold"));
}

async fn update_attribute_changes_the_session(worlds: Worlds) {
    let world = worlds.with(seed::always(update("Session.Attributes.Tier"))).await;

    let reply = world.put("cart-1", cart(100)).await;

    assert_eq!(reply.session().attributes.text("Tier"), Some("gold"));
}

async fn a_coupon_is_created_when_the_session_closes(worlds: Worlds) {
    let world = worlds.with(seed::always(Reward::CreateCoupon)).await;

    let open = world.put("cart-1", cart(100).profile("anna")).await;
    let paid = world.put("cart-1", closed()).await;

    assert!(open.effects.is_empty() && open.created_coupons.is_empty());
    let coupon = &paid.created_coupons[0];
    assert_eq!(coupon.recipient_integration_id, Some("anna".into()));
    let EffectKind::CouponCreated(created) = &paid.effects[0].kind else {
        panic!("{:?}", paid.effects);
    };
    assert_eq!((&created.value, created.profile_id.as_str()), (&coupon.value, "anna"));
}

async fn a_cancellation_keeps_a_created_coupon(worlds: Worlds) {
    let world = worlds.with(seed::always(Reward::CreateCoupon)).await;
    let paid = world.put("cart-1", cart(100).state(SessionState::Closed)).await;

    let cancelled = NewCustomerSessionV2::default().state(SessionState::Cancelled);
    world.put("cart-1", cancelled).await;

    assert!(world.probe().coupon(paid.created_coupons[0].value.clone()).is_some());
}

async fn a_referral_is_created_when_the_session_closes(worlds: Worlds) {
    let campaign = Campaign::new("Refer").referrals("REF-####");
    let seed = seed::of(campaign.rule(Rule::new("Refer").then(Reward::CreateReferral)));
    let world = worlds.with(seed).await;

    let reply = world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;

    let referral = &reply.created_referrals[0];
    assert!(referral.code.as_str().starts_with("REF-"));
    assert_eq!(referral.advocate_profile_integration_id, "anna");
    assert_eq!(reply.types(), ["referralCreated"]);
}

async fn conditions_see_the_whole_session(worlds: Worlds) {
    let rule = seed::ten_percent().when(Condition::check(|facts| {
        facts.session.cart_items.len() == 1
            && facts.profile.is_some_and(|profile| profile.integration_id == "anna")
            && facts.session.attributes.flag("Gift") == Some(true)
    }));
    let world = worlds.with(seed::rule(rule)).await;

    let gift = Attributes::new().with("Gift", true);
    let reply = world.put("cart-1", cart(100).profile("anna").attributes(gift)).await;

    assert_eq!(reply.types(), ["setDiscount"]);
}

async fn a_reply_has_all_current_effects_and_not_only_new_ones(worlds: Worlds) {
    let world = worlds.with(seed::rule(seed::ten_percent())).await;
    let first = world.put("cart-1", cart(100)).await;

    let second = world.put("cart-1", NewCustomerSessionV2::default()).await;

    assert_eq!(second.effects, first.effects);
}

async fn a_closure_creates_effects_from_the_facts(worlds: Worlds) {
    let one_each = Reward::compute(|facts| {
        let skus = facts.session.cart_items.iter().map(|item| item.sku.clone());
        let gift = |sku: String| {
            let (name, desired_quantity) = ("Another".into(), Some(1));
            AddFreeItem { sku, name, desired_quantity }.into()
        };
        skus.map(gift).collect()
    });
    let world = worlds.with(seed::always(one_each)).await;

    let items = ["A", "B"].map(|sku| CartItem::new(sku, 1));
    let reply = world.put("cart-1", NewCustomerSessionV2::default().cart_items(items)).await;

    let skus = reply.kinds().into_iter().map(|kind| match kind {
        EffectKind::AddFreeItem(item) => item.sku.as_str(),
        other => panic!("{other:?}"),
    });
    assert!(skus.eq(["A", "B"]));
    assert_eq!(reply.effects[0].rule_name, "Always");
}

async fn a_cancellation_does_not_restore_an_attribute(worlds: Worlds) {
    let world = worlds.with(seed::always(update("Profile.Attributes.Tier"))).await;
    world.put("cart-1", cart(100).profile("anna").state(SessionState::Closed)).await;

    let reply = world.put("cart-1", cancelled()).await;

    assert!(reply.effects.is_empty());
    assert_eq!(reply.profile().attributes.text("Tier"), Some("gold"));
}

async fn an_attribute_of_an_anonymous_customer_is_not_changed(worlds: Worlds) {
    let world = worlds.with(seed::always(update("Profile.Attributes.Tier"))).await;

    let reply = world.put("cart-1", cart(100)).await;

    assert_eq!(reply.types(), ["updateAttribute"]);
    assert!(reply.session().attributes.is_empty() && world.probe().profile("").is_none());
}

async fn rules_about_the_profile_run(worlds: Worlds) {
    let world = worlds.with(seed::always(update("Profile.Attributes.Tier"))).await;

    let reply = world.put_profile_v1("anna", Attributes::new()).await;

    assert_eq!(reply.event.types(), ["updateAttribute"]);
    assert_eq!(reply.profile.attributes.text("Tier"), Some("gold"));
}
