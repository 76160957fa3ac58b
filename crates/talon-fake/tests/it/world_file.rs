//! World file and builder are equivalent and have the same names.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use talon_core::Amount;
use talon_core::effect::{
    AddFreeItem, CustomEffect, NotificationType, RuleError, ShowBundleMetadata, ShowNotification,
    TriggerWebhook, UpdateAttribute,
};
use talon_core::model::{CampaignState, LimitAction};
use talon_core::model::{CodeGeneratorSettings, LimitConfig, LimitEntity, LimitPeriod};
use talon_core::prelude::*;
use talon_fake::rules::*;
use talon_fake::world::{AttributeType, CaseSensitivity, EvaluationMode, IntegrationKey};
use talon_fake::{Campaign, Coupon, Fake, LoyaltyProgram, Referral, World};

#[expect(dead_code, unused_imports, reason = "the guide's examples use the other half")]
mod guide {
    include!("../../src/guide/shop.rs");

    pub(super) fn seed() -> World {
        world()
    }
}

const EVERYTHING: &str = include_str!("worlds/everything.json");

#[track_caller]
fn assert_same(file: &str, built: &World) {
    let read = World::from_json(file).expect("it is valid");
    assert_eq!(read, *built);
    let written = serde_json::to_string(built).expect("no closures");
    assert_eq!(World::from_json(&written).expect("it is valid"), *built);
    let snapshots =
        [read, built.clone()].map(|world| Fake::new(world).expect("it fits").snapshot());
    assert_eq!(snapshots[0], snapshots[1]);
}

#[test]
fn the_demo_is_the_same_in_a_file() {
    assert_same(include_str!("worlds/demo.json"), &World::demo());
}

#[test]
fn the_world_of_the_guide_is_the_same_in_a_file() {
    assert_same(include_str!("worlds/guide.json"), &guide::seed());
}

#[test]
fn everything_is_the_same_in_a_file() {
    assert_same(EVERYTHING, &everything());
}

/// A word that the schema has and the file lacks is one that nobody compared.
#[test]
fn the_file_has_every_property_of_the_schema() {
    let mut used = BTreeSet::new();
    words_of(&serde_json::from_str(EVERYTHING).expect("JSON"), &mut used);
    let schema = World::json_schema();
    let mut known = BTreeSet::new();
    for definition in schema["$defs"].as_object().expect("definitions").values().chain([&schema]) {
        words_of_schema(definition, &mut known);
    }
    // One of several values of a member, whose others stand in the file.
    let values = ["sensitive", "insensitive-lowercase", "tuesday", "wednesday", "thursday"];
    let more = ["production", "friday", "saturday", "stackable", "listOrder", "lowestDiscount"];
    known.retain(|word| !values.contains(&word.as_str()) && !more.contains(&word.as_str()));

    let missing: Vec<_> = known.difference(&used).collect();

    assert!(known.len() > 100, "{known:?}");
    assert_eq!(missing, [""; 0]);
}

/// Names of members and texts.
fn words_of(value: &Value, words: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                words.insert(name.clone());
                words_of(member, words);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| words_of(item, words)),
        Value::String(text) => drop(words.insert(text.clone())),
        _ => {}
    }
}

/// Names of properties, and texts that stand for themselves.
fn words_of_schema(schema: &Value, words: &mut BTreeSet<String>) {
    let properties = schema["properties"].as_object();
    words.extend(properties.into_iter().flatten().map(|(name, _)| name.clone()));
    words.extend(schema["const"].as_str().map(str::to_owned));
    for choice in schema["oneOf"].as_array().into_iter().flatten() {
        words_of_schema(choice, words);
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}

fn settings(pattern: &str, characters: [&str; 2]) -> CodeGeneratorSettings {
    let valid_characters = characters.map(str::to_owned).to_vec();
    CodeGeneratorSettings { valid_characters, coupon_pattern: pattern.to_owned() }
}

fn everything() -> World {
    let mut world = World::new()
        .now("2026-03-01T09:00:00Z")
        .time_zone("Europe/Berlin")
        .case_sensitivity(CaseSensitivity::InsensitiveUppercase)
        .evaluation_mode(EvaluationMode::HighestDiscount)
        .profile_attributes(&[
            ("Name", AttributeType::String),
            ("Born", AttributeType::Time),
            ("Home", AttributeType::Location),
            ("Tier", AttributeType::String),
        ])
        .session_attributes(&[
            ("Gift", AttributeType::Boolean),
            ("Tags", AttributeType::StringList),
        ])
        .cart_item_attributes(&[
            ("Weight", AttributeType::Number),
            ("Sizes", AttributeType::NumberList),
        ])
        .event_type("shared", &[("channel", AttributeType::String)])
        .store(11, "berlin-1", "Berlin")
        .experiment(21, 193, &[1, 2])
        .parallel_requests(3)
        .loyalty_program(LoyaltyProgram::new(7))
        .audience(5, "VIP")
        .giveaways(3, "Tickets", &["T-1"])
        .profile("anna", Attributes::new().with("Name", "Anna"))
        .campaign(campaign());
    world.application.id = 7.into();
    world.application.api_keys =
        vec!["a-key".into(), IntegrationKey::new("old").expires("2026-04-01T00:00:00Z").testing()];
    world.application.application_key = String::from("00ff");
    world
}

fn campaign() -> Campaign {
    let limit = LimitConfig {
        action: LimitAction::SetDiscount,
        limit: Amount::new(995, 1),
        period: Some(LimitPeriod::Monthly),
        entities: vec![LimitEntity::Profile],
    };
    let coupon = Coupon::new("SUMMER10")
        .usage_limit(3)
        .discount_limit(50)
        .starts(at("2026-01-01T00:00:00Z"))
        .expires(at("2026-06-01T00:00:00Z"))
        .recipient("anna")
        .mandatory_reservation()
        .attributes(Attributes::new().with("Colour", "red"));
    let referral = Referral::new("FRIEND-1", "bert")
        .advocate_is_deleted()
        .friend("anna")
        .usage_limit(1)
        .starts(at("2026-01-01T00:00:00Z"))
        .expires(at("2026-06-01T00:00:00Z"));
    Campaign::new("Everything")
        .id(193)
        .state(CampaignState::Enabled)
        .starts(at("2026-01-01T00:00:00Z"))
        .ends(at("2027-01-01T00:00:00Z"))
        .attributes(Attributes::new().with("Segment", "vip"))
        .referral_settings(settings("REF-##", ["A", "B"]))
        .coupon_settings(settings("NEW-##", ["C", "D"]))
        .limit(limit)
        .partial_rewards()
        .advanced_events()
        .reevaluate_on_return()
        .coupon(coupon)
        .referral(referral)
        .rule(conditions().into_iter().fold(Rule::new("Conditions"), Rule::when))
        .rule(rewards().into_iter().fold(Rule::new("Rewards"), Rule::then))
}

fn conditions() -> Vec<Condition> {
    let one_to_nine = Range {
        at_least: Some(1.into()),
        at_most: Some(9.into()),
        above: Some(0.into()),
        below: Some(10.into()),
        exactly: None,
    };
    let mugs = ItemFilter {
        sku: Some("MUG".to_owned()),
        category: Some("kitchen".to_owned()),
        price: Some(Range::below(20)),
        quantity: Some(Range::at_least(2)),
        attribute: Some(AttributeTest::within("Weight", Range::above(1))),
    };
    let born = AttributeTest {
        from: Some(at("1990-01-01T00:00:00Z")),
        before: Some(at("2000-01-01T00:00:00Z")),
        ..AttributeTest::exists("Born")
    };
    let near = AttributeTest::near("Home", Near { lat: 52.5, lon: 13.4, km: 30.0 });
    let channels = Some(vec![json!("mail"), json!("chat")]);
    let channel = AttributeTest { one_of: channels, ..AttributeTest::exists("channel") };
    let office = Range { at_least: Some(9.into()), ..Range::below(17) };
    let day = |text: &str| Some(text.parse().expect("a day"));
    vec![
        Condition::coupon_valid(),
        Condition::referral_valid(),
        Condition::CouponIs(vec!["SUMMER10".into()]),
        Condition::cart_total(one_to_nine),
        Condition::SessionTotal(Range::exactly(Amount::new(125, 1))),
        Condition::ItemCount(Range::at_least(2)),
        Condition::AnyItem(mugs),
        Condition::FirstSession(true),
        Condition::ClosedSessions(Range::exactly(0)),
        Condition::TotalSales(Range::at_most(0)),
        Condition::SessionState(SessionState::Closed),
        Condition::ProfileAttribute(born),
        Condition::ProfileAttribute(near),
        Condition::SessionAttribute(AttributeTest::contains("Tags", "new")),
        Condition::SessionAttribute(AttributeTest::is("Gift", true)),
        Condition::Any(vec![Condition::event("shared"), Condition::Hour(office)]),
        Condition::EventAttribute(channel),
        Condition::InAudience(5.into()),
        Condition::JoinedAudience(5.into()),
        Condition::LeftAudience(5.into()),
        Condition::Date(Days { from: day("2026-03-01"), until: day("2026-03-31") }),
        Condition::Weekday(vec![Weekday::Monday, Weekday::Sunday]),
        Condition::Always.negate(),
    ]
}

fn rewards() -> Vec<Reward> {
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
        pending_days: Some(14),
        valid_days: Some(365),
        ..points("Thanks", 50)
    };
    let gift = AddFreeItem { sku: "GIFT".into(), name: "A gift".into(), desired_quantity: Some(2) };
    vec![
        Reward::discount("10 % off", Discount::percent(10)),
        Reward::discount_per_item("1 off", Discount::amount(1), ItemFilter::sku("MUG")),
        Reward::SetDiscountPerAdditionalCost(cost("Half", "shipping", Discount::percent(50))),
        Reward::SetDiscountPerAdditionalCostPerItem(cost("Free", "wrapping", Discount::amount(2))),
        Reward::AddFreeItem(gift),
        Reward::AddLoyaltyPoints(earned),
        Reward::DeductLoyaltyPoints(points("Spent", 20)),
        Reward::CreateCoupon,
        Reward::CreateReferral,
        Reward::RedeemReferral,
        Reward::ReserveCoupon("SUMMER10".into()),
        Reward::AddToAudience(5.into()),
        Reward::RemoveFromAudience(5.into()),
        Reward::AwardGiveaway(3),
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
