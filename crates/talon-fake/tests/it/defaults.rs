//! Default values are the same in a world file, in the builder and in the schema.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use talon_core::effect::{
    AddFreeItem, CustomEffect, NotificationType, RuleError, ShowBundleMetadata, ShowNotification,
    TriggerWebhook, UpdateAttribute,
};
use talon_core::model::LimitAction;
use talon_core::model::{CodeGeneratorSettings, LimitConfig};
use talon_core::prelude::*;
use talon_fake::rules::*;
use talon_fake::world::{
    Application, Audience, Experiment, GiveawayCode, GiveawayPool, InitialProgress, IntegrationKey,
    Profile, Schema, Store, Variant,
};
use talon_fake::{Achievement, Campaign, Coupon, Fake, Referral, World};

mod catalogs;
mod loyalty;

/// One definition of the schema.
struct Definition<'s> {
    name: &'s str,
    schema: &'s Value,
}

impl Definition<'_> {
    fn is_required(&self, member: &str) -> bool {
        let required = self.schema["required"].as_array();
        required.is_some_and(|required| required.iter().any(|name| name == member))
    }

    /// Compares what is built with the least of a file, and both with every default of the schema.
    #[track_caller]
    fn assert_defaults<T>(&self, least: &Value, built: &T)
    where
        T: DeserializeOwned + Serialize + PartialEq + Debug,
    {
        let read = |file: Value| serde_json::from_value::<T>(file).expect(self.name);
        assert_eq!(read(least.clone()), *built, "{}", self.name);
        let written = serde_json::to_value(built).expect("no closures");
        for (member, schema) in self.schema["properties"].as_object().expect("members") {
            let place = format!("{}.{member}", self.name);
            if self.is_required(member) || member == "$schema" {
                continue;
            }
            let default = schema.get("default");
            if let Some(default) = default {
                let mut explicit = least.clone();
                explicit[member] = default.clone();
                assert_eq!(read(explicit), *built, "{place}");
            }
            // What is not written is absent, as in the schema.
            if let Some(written) = written.get(member) {
                assert_eq!(default, Some(written), "{place}");
            }
        }
    }
}

/// What the builder makes of as little as possible, for each definition of the schema.
fn compare(definition: &Definition<'_>) {
    if loyalty::compare(definition) {
        return;
    }
    let named = json!({"name": "a"});
    match definition.name {
        "World" => definition.assert_defaults(&json!({}), &World::new()),
        "Application" => definition.assert_defaults(&json!({}), &Application::default()),
        "Schema" => definition.assert_defaults(&json!({}), &Schema::default()),
        "Audience" => {
            let built = World::new().audience(5, "VIP").audiences.remove(0);
            definition.assert_defaults::<Audience>(&json!({"id": 5, "name": "VIP"}), &built);
        }
        "GiveawayPool" => {
            let built = World::new().giveaways(3, "Tickets", &[]).giveaway_pools.remove(0);
            let least = json!({"id": 3, "name": "Tickets"});
            definition.assert_defaults::<GiveawayPool>(&least, &built);
        }
        "Achievement" => {
            let least = json!({"id": 7, "name": "Ten", "target": 10});
            definition.assert_defaults(&least, &Achievement::new(7, "Ten", 10));
        }
        "InitialProgress" => {
            let built = Achievement::new(7, "Ten", 10).progress("anna", 4).progress.remove(0);
            let least = json!({"profile": "anna", "progress": 4});
            definition.assert_defaults::<InitialProgress>(&least, &built);
        }
        "Progress" => {
            definition.assert_defaults(&json!({"achievementId": 0}), &Progress::default());
        }
        "CodeObject" => {
            definition.assert_defaults(&json!({"code": "a"}), &GiveawayCode::new("a"));
        }
        "KeyObject" => {
            definition.assert_defaults(&json!({"key": "a"}), &IntegrationKey::new("a"));
        }
        "Store" => {
            let built = World::new().store(1, "a", "A").stores.expect("declared").remove(0);
            let least = json!({"id": 1, "integrationId": "a", "name": "A"});
            definition.assert_defaults::<Store>(&least, &built);
        }
        "Experiment" => definition.assert_defaults(
            &json!({"id": 0, "campaignId": 0, "variants": []}),
            &Experiment::default(),
        ),
        "Variant" => {
            definition.assert_defaults(&json!({"id": 0, "weight": 0}), &Variant::default());
        }
        "Profile" => {
            let built = World::new().profile("anna", Attributes::new()).profiles.remove(0);
            definition.assert_defaults::<Profile>(&json!({"id": "anna"}), &built);
        }
        "Campaign" => definition.assert_defaults(&named, &Campaign::new("a")),
        "Coupon" => definition.assert_defaults(&json!({"value": "AAAA"}), &Coupon::new("AAAA")),
        "Referral" => definition.assert_defaults(
            &json!({"code": "AAAA", "advocateProfileIntegrationId": "anna"}),
            &Referral::new("AAAA", "anna"),
        ),
        "CodeGeneratorSettings" => definition.assert_defaults(
            &json!({"couponPattern": "A-##"}),
            &CodeGeneratorSettings::new("A-##"),
        ),
        "LimitConfig" => definition.assert_defaults(
            &json!({"action": "setDiscount", "limit": 5, "entities": []}),
            &LimitConfig {
                action: LimitAction::SetDiscount,
                limit: 5.into(),
                period: None,
                entities: Vec::new(),
            },
        ),
        "Rule" => definition.assert_defaults(&named, &Rule::new("a")),
        "Range" => definition.assert_defaults(&json!({}), &Range::default()),
        "Days" => definition.assert_defaults(&json!({}), &Days::default()),
        "ItemFilter" => definition.assert_defaults(&json!({}), &ItemFilter::default()),
        "AttributeTest" => definition.assert_defaults(&named, &AttributeTest::exists("a")),
        "Near" => definition.assert_defaults(
            &json!({"lat": 1.0, "lon": 2.0, "km": 3.0}),
            &Near { lat: 1.0, lon: 2.0, km: 3.0 },
        ),
        "Discount" => definition.assert_defaults(&json!({}), &Discount::default()),
        "ItemDiscount" => definition.assert_defaults(&json!({}), &ItemDiscount::default()),
        "CostDiscount" => definition.assert_defaults(
            &json!({"cost": "shipping"}),
            &CostDiscount { cost: "shipping".into(), ..CostDiscount::default() },
        ),
        "AddFreeItem" => {
            let Reward::AddFreeItem(built) = Reward::add_free_item("MUG", "A mug") else {
                unreachable!()
            };
            let least = json!({"sku": "MUG", "name": "A mug"});
            definition.assert_defaults::<AddFreeItem>(&least, &built);
        }
        _ if catalogs::compare(definition) => {}
        name => compare_effect(name, definition),
    }
}

/// Props of effects that rules name as they are; the API requires nearly all of their members.
fn compare_effect(name: &str, definition: &Definition<'_>) {
    let least: Value = match name {
        "ShowNotification" => json!({"notificationType": "Offer", "title": "", "body": ""}),
        "UpdateAttribute" => json!({"path": "Profile.Attributes.A", "value": 1}),
        "TriggerWebhook" => json!({"webhookId": 1, "webhookName": "crm"}),
        "CustomEffect" => json!({"effectId": 2, "name": "a", "payload": {}}),
        "ShowBundleMetadata" => {
            json!({"description": "", "bundleAttributes": [], "itemsIndices": []})
        }
        "RuleError" => json!({"message": ""}),
        other => panic!("nobody compares the defaults of {other}"),
    };
    match name {
        "ShowNotification" => definition.assert_defaults(
            &least,
            &ShowNotification {
                notification_type: NotificationType::Offer,
                ..ShowNotification::default()
            },
        ),
        "UpdateAttribute" => definition.assert_defaults(
            &least,
            &UpdateAttribute { path: "Profile.Attributes.A".into(), value: json!(1) },
        ),
        "TriggerWebhook" => definition
            .assert_defaults(&least, &TriggerWebhook { webhook_id: 1, webhook_name: "crm".into() }),
        "CustomEffect" => definition.assert_defaults(
            &least,
            &CustomEffect {
                effect_id: 2,
                name: "a".into(),
                payload: json!({}),
                ..CustomEffect::default()
            },
        ),
        "ShowBundleMetadata" => {
            definition.assert_defaults(&least, &ShowBundleMetadata::default());
        }
        _ => definition.assert_defaults(&least, &RuleError::default()),
    }
}

#[test]
fn every_default_is_the_same_in_file_builder_and_schema() {
    let schema = World::json_schema();
    let definitions = schema["$defs"].as_object().expect("definitions").iter();
    let root = Definition { name: "World", schema: &schema };
    let definitions = definitions.map(|(name, schema)| Definition { name, schema });
    let with_members = definitions.filter(|definition| definition.schema["properties"].is_object());
    let all: Vec<_> = with_members.chain([root]).collect();

    assert!(all.len() > 20, "{}", all.len());
    all.iter().for_each(compare);
}

#[test]
fn derived_defaults_are_the_same_in_file_and_builder() {
    let file = r#"{"campaigns": [
        {"name": "A", "referrals": [{"code": "FRIEND", "advocateProfileIntegrationId": "anna"}]},
        {"id": 9, "name": "B"}, {"name": "C"}]}"#;

    let built = World::new()
        .campaign(Campaign::new("A").referral(Referral::new("FRIEND", "anna")))
        .campaign(Campaign::new("B").id(9))
        .campaign(Campaign::new("C"));

    let read = World::from_json(file).expect("it is valid");
    let settings = |world: &World| world.campaigns[0].referral_settings.clone();
    assert_eq!(settings(&read), Some(CodeGeneratorSettings::new("########")));
    assert_eq!(settings(&read), settings(&built));
    let ids = |world: &World| world.campaigns.iter().map(|c| c.id).collect::<Vec<_>>();
    assert_eq!(ids(&built), [Some(1.into()), Some(9.into()), Some(10.into())]);
}

/// The codes of two coupons that rules create in a world with these members of its campaign.
async fn created_codes(settings: Value) -> Vec<String> {
    let mut campaign = json!({"name": "A", "rules": [{"name": "r", "then": ["createCoupon"]}]});
    for (name, value) in settings.as_object().expect("members") {
        campaign[name] = value.clone();
    }
    let file = json!({"campaigns": [campaign]}).to_string();
    let talon = Fake::new(World::from_json(&file).expect("it is valid")).expect("it fits");
    let mut codes = Vec::new();
    for profile in ["anna", "bert"] {
        let session = NewCustomerSessionV2 {
            profile_id: Some(profile.into()),
            state: Some(SessionState::Closed),
            ..Default::default()
        };
        let request = UpdateCustomerSessionV2::new(profile, session);
        let reply = talon.update_customer_session_v2(request).await.expect("it is served");
        codes.push(reply.created_coupons[0].value.to_string());
    }
    codes
}

#[tokio::test]
async fn a_pattern_without_characters_uses_letters_and_digits() {
    let settings = [
        json!({"couponSettings": {"couponPattern": "HELLO-####"}}),
        json!({"couponSettings": {"couponPattern": "HELLO-####", "validCharacters": null}}),
        json!({}),
    ];

    for settings in settings {
        let codes = created_codes(settings.clone()).await;

        assert_ne!(codes[0], codes[1], "{settings}");
        for code in codes {
            let random = code.strip_prefix("HELLO-").unwrap_or(&code);
            assert!(random.len() == 4 || random.len() == 8, "{code}");
            let is_valid = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
            assert!(random.chars().all(is_valid), "{code}");
        }
    }
}

#[test]
fn a_list_without_characters_is_refused() {
    let file = r#"{"campaigns": [{"name": "A",
        "couponSettings": {"couponPattern": "A-##", "validCharacters": []}}]}"#;

    let error = World::from_json(file).unwrap_err();

    assert_eq!(error.member(), "campaigns[0].couponSettings.validCharacters");
    assert_eq!(error.position().expect("it is known").to_string(), "line 2 column 72");
}
