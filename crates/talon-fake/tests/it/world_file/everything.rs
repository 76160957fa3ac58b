//! A world with every member that a builder can set.

use talon_core::Amount;
use talon_core::model::{
    AchievementRecurrencePolicy, CampaignFeature, CampaignState, CodeGeneratorSettings,
    LimitAction, LimitConfig, LimitEntity, LimitPeriod,
};
use talon_core::prelude::*;
use talon_fake::rules::*;
use talon_fake::world::{
    AttributeType, Audience, CaseSensitivity, DowngradePolicy, EntrySource, EvaluationMode,
    GiveawayCode, GiveawayPool, IntegrationKey, JoinPolicy, LedgerEntry, LoyaltyJoin, LoyaltyTier,
    ReturnPolicy, TierExpirationPolicy,
};
use talon_fake::{Achievement, Campaign, Coupon, LoyaltyCard, LoyaltyProgram, Referral, World};

use super::at;
use super::catalogs::with_catalogs;
use super::conditions::conditions;
use super::rewards::rewards;

fn settings(pattern: &str, characters: [&str; 2]) -> CodeGeneratorSettings {
    let valid_characters = characters.map(str::to_owned).to_vec();
    CodeGeneratorSettings { valid_characters, coupon_pattern: pattern.to_owned() }
}

pub(super) fn everything() -> World {
    let world = World::new()
        .application_id(7)
        .application_key("00ff")
        .api_keys([
            "a-key".into(),
            IntegrationKey::new("old").expires("2026-04-01T00:00:00Z").testing(),
        ])
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
        .strict()
        .loyalty_program(program())
        .loyalty_program(LoyaltyProgram::of_cards(8))
        .ledger_entry(
            LedgerEntry::new(7, "anna", Amount::new(125, 1))
                .subledger_id("stars")
                .name("Imported")
                .starts("2026-02-01T00:00:00Z")
                .expires(at("2027-02-01T00:00:00Z"))
                .validity_duration(Period::days(30))
                .session("cart-1")
                .source(EntrySource::Import),
        )
        .ledger_entry(LedgerEntry::of_card(8, "family-2", 5))
        .join(LoyaltyJoin::new(7, "anna").join_date("2026-02-01T00:00:00Z"))
        .loyalty_card(
            LoyaltyCard::new(8, "family-1")
                .inactive()
                .batch_id("spring")
                .block_reason("Lost")
                .transferred_to("family-2"),
        )
        .loyalty_card(active("family-2").profiles(["anna"]))
        .add_audience(vip())
        .giveaway_pool(GiveawayPool::new(3, "Tickets").code("T-1").code(ticket()))
        .achievement(achievement())
        .profile("anna", Attributes::new().with("Name", "Anna"))
        .campaign(campaign());
    with_catalogs(world)
}

fn program() -> LoyaltyProgram {
    LoyaltyProgram::new(7)
        .name("stars")
        .title("Stars")
        .subscribed_applications([7, 9])
        .time_zone("Europe/Berlin")
        .allow_subledger(true)
        .default_validity(Validity::For("1Y_U".parse().expect("a duration")))
        .default_pending(Pending::OnAction)
        .join_policy(JoinPolicy::PointsActivated)
        .return_policy(ReturnPolicy::WithinBalance)
        .users_per_card_limit(2)
        .card_code_settings(settings("CARD-##", ["E", "F"]))
        .tier(LoyaltyTier::new("gold", 100).id(4))
        .tiers_expiration_policy(TierExpirationPolicy::AbsoluteExpiration)
        .tier_cycle_start_date(at("2026-01-01T00:00:00Z"))
        .tiers_expire_in("1M".parse().expect("a duration"))
        .tiers_expiration_attribute("Born")
        .tiers_downgrade_policy(DowngradePolicy::OneDown)
}

fn ticket() -> GiveawayCode {
    GiveawayCode::new("T-2")
        .starts(at("2026-01-01T00:00:00Z"))
        .ends(at("2027-01-01T00:00:00Z"))
        .attributes(Attributes::new().with("Row", 7))
}

fn achievement() -> Achievement {
    Achievement::new(8, "TenMugs", Amount::new(105, 1))
        .title("Ten mugs")
        .description("Ten mugs in a month")
        .campaign(193)
        .time_zone("Europe/Paris")
        .recurs(AchievementRecurrencePolicy::OnExpiration)
        .fixed_schedule(at("2026-01-01T00:00:00Z"))
        .period("1M_U".parse().expect("a period"))
        .ends(at("2027-01-01T00:00:00Z"))
        .allow_rollback_after_completion()
        .progress_since("2026-02-01T12:00:00Z", "anna", 4)
}

fn vip() -> Audience {
    let vip = Audience::new(5, "VIP").integration("mparticle", "382370");
    vip.members(["anna", "ben"]).applications([7])
}

/// A rule with everything that shops show of it.
fn shown(name: &str) -> Rule {
    Rule::new(name)
        .display_name("Everything at once")
        .display_description("All conditions hold")
        .related_data("everything.png")
}

fn active(identifier: &str) -> LoyaltyCard {
    let status = Some(LoyaltyCardStatus::Active);
    LoyaltyCard { status, ..LoyaltyCard::new(8, identifier) }
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
        .stores([11])
        .audiences([5])
        .description("One of each")
        .tags(["all", "each"])
        .feature(CampaignFeature::Strikethrough)
        .coupon(coupon)
        .referral(referral)
        .rule(conditions().into_iter().fold(shown("Conditions"), Rule::when))
        .rule(rewards().into_iter().fold(Rule::new("Rewards"), Rule::then))
}
