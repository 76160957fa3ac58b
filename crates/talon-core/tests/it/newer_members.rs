//! Members and values that are newer than the published specification survive decoding and encoding.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use talon_core::effect::EffectKind;
use talon_core::model::{
    AchievementProgressWithDefinition, AchievementStatusEntry, CustomerAchievement,
    CustomerInventory, IntegrationRequest, IntegrationStateV2, NewEventV3, ResponseContent,
};

/// The value after it was decoded and encoded, by both codecs.
#[track_caller]
fn survives<T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug>(text: &Value) -> T {
    let decoded: T = serde_json::from_value(text.clone()).expect("it can be decoded");

    let again = talon_core::json::to_vec(&decoded).expect("it can be encoded");

    assert_eq!(serde_json::from_slice::<Value>(&again).expect("JSON"), *text);
    assert_eq!(
        talon_core::json::from_slice::<T>(&again).expect("it can be decoded again"),
        decoded
    );
    decoded
}

fn definition() -> Value {
    json!({ "name": "FivePurchases", "title": "Five", "description": "Buy five times", "target": 5,
            "campaignId": 1, "campaignIds": [1, 3] })
}

fn with(mut object: Value, members: Value) -> Value {
    let Value::Object(members) = members else { panic!("members of an object") };
    object.as_object_mut().expect("an object").extend(members);
    object
}

fn references() -> Value {
    json!([{ "id": 1, "applicationId": 7 }, { "id": 3, "applicationId": 8 }])
}

#[test]
fn an_achievement_names_the_campaigns_that_use_it() {
    let achievement = with(
        definition(),
        json!({ "id": 3, "recurrencePolicy": "no_recurrence", "activationPolicy": "user_action",
                "allowRollbackAfterCompletion": false, "referencedByCampaigns": references() }),
    );

    let decoded: CustomerAchievement = survives(&achievement);

    assert_eq!(decoded.campaign_ids, Some(vec![1.into(), 3.into()]));
    let references = decoded.referenced_by_campaigns.expect("it was given");
    assert_eq!((references[1].id, references[1].application_id), (3.into(), 8.into()));
}

#[test]
fn an_achievement_of_an_inventory_names_the_campaigns_that_use_it() {
    let achievement = with(
        definition(),
        json!({ "achievementId": 3, "status": "inprogress", "progress": 2.5,
                "achievementRecurrencePolicy": "on_expiration",
                "achievementActivationPolicy": "fixed_schedule",
                "referencedByCampaigns": references() }),
    );

    let decoded: AchievementProgressWithDefinition = survives(&achievement);

    assert_eq!(decoded.campaign_ids, Some(vec![1.into(), 3.into()]));
    assert_eq!(decoded.referenced_by_campaigns.map(|all| all.len()), Some(2));
    let inventory: CustomerInventory = survives(&json!({ "achievements": [achievement] }));
    assert_eq!(inventory.achievements.map(|all| all.len()), Some(1));
}

#[test]
fn an_achievement_of_a_list_names_the_campaigns_that_use_it() {
    let entry = with(definition(), json!({ "id": 3, "created": "2026-01-01T00:00:00Z" }));

    let decoded: AchievementStatusEntry = survives(&entry);

    assert_eq!(decoded.campaign_ids, Some(vec![1.into(), 3.into()]));
}

#[test]
fn achievements_of_the_published_specification_have_none() {
    let achievement = json!({ "id": 3, "name": "Five", "title": "", "description": "", "target": 5,
        "recurrencePolicy": "no_recurrence", "activationPolicy": "user_action",
        "allowRollbackAfterCompletion": false });

    let decoded: CustomerAchievement = survives(&achievement);

    assert_eq!((decoded.campaign_ids, decoded.referenced_by_campaigns), (None, None));
}

#[test]
fn an_event_of_v3_has_a_referral_code_and_its_reply_a_referral() {
    let event = json!({ "profileId": "anna", "type": "order_shipped", "integrationId": "e-1",
                        "referralCode": "FRIEND-1" });
    let reply = json!({ "effects": [], "createdCoupons": [], "createdReferrals": [],
        "referral": { "id": 1, "created": "2026-01-01T00:00:00Z", "campaignId": 2,
            "advocateProfileIntegrationId": "anna", "friendProfileIntegrationId": "",
            "code": "FRIEND-1", "usageLimit": 1, "usageCounter": 0, "referredCustomers": ["bert"] } });

    let event: NewEventV3 = survives(&event);
    let reply: IntegrationStateV2 = survives(&reply);

    assert_eq!(event.referral_code.expect("it was given"), "FRIEND-1");
    assert_eq!(reply.referral.expect("it was given").code, "FRIEND-1");
}

#[test]
fn effects_of_rewards_are_kept_as_they_came() {
    let used = json!({ "integrationId": "reward-1", "rewardId": 5, "applicationId": 7 });
    let unlocked = with(
        used.clone(),
        json!({ "profileIntegrationId": "anna", "unlockedAt": "2026-08-19T10:00:00Z" }),
    );
    let all =
        [("unlockReward", unlocked), ("useReward", used.clone()), ("rollbackUseReward", used)];
    let effects = all.map(|(effect_type, props)| {
        json!({ "campaignId": 1, "rulesetId": 2, "ruleIndex": 0, "ruleName": "Reward",
                "effectType": effect_type, "props": props })
    });
    let reply = json!({ "effects": effects, "createdCoupons": [], "createdReferrals": [] });

    let decoded: IntegrationStateV2 = survives(&reply);

    let types: Vec<_> = decoded.effects.iter().map(|it| it.kind.effect_type()).collect();
    assert_eq!(types, ["unlockReward", "useReward", "rollbackUseReward"]);
    assert!(decoded.effects.iter().all(|it| matches!(it.kind, EffectKind::Unrecognized(_))));
}

#[test]
fn a_request_may_ask_for_unlocked_rewards() {
    let request = json!({ "customerSession": {}, "responseContent": ["unlockedRewards"] });

    let decoded: IntegrationRequest = survives(&request);

    assert_eq!(decoded.response_content, Some(vec![ResponseContent::UnlockedRewards]));
}
