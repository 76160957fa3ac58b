//! Updates of profiles that run rules. BEHAVIOUR-today 3.2.

use talon_core::AudienceId;
use talon_core::model::CustomerProfileUpdate;

use crate::prelude::*;
use crate::suite::world::audience_changes;

cases! {
    "updateCustomerProfileV2" {
        success every_part_is_returned_on_request,
        detail the_first_update_is_an_event_of_creation,
        surprise without_rules_other_parts_are_ignored,
        surprise without_rules_a_dry_update_is_stored,
        detail with_rules_a_dry_update_is_not_stored,
        surprise listed_campaigns_apply_only_to_dry_runs,
        refused(400) a_part_of_another_reply_is_refused,
        success a_rule_reads_an_addition_to_an_audience,
        success a_rule_reads_a_removal_from_an_audience,
        detail a_rule_reads_the_members_of_an_audience,
        surprise adding_a_member_again_is_no_addition,
        surprise removing_a_profile_that_is_no_member_is_no_removal,
        surprise an_audience_in_both_lists_is_removed,
        detail a_dry_update_changes_audiences_only_for_its_rules,
        detail audiences_are_sorted_by_id,
        detail one_of_the_lists_may_be_absent,
    }
    "updateCustomerProfile" {
        surprise in_the_first_version_rules_do_not_read_changes_of_audiences,
    }
    "updateCustomerSessionV2" {
        surprise an_addition_by_a_rule_is_not_read_by_rules,
    }
}

const VIP: i64 = 5;
const EARLY: i64 = 6;

/// Rules `joined`, `left` and `member`, which apply to changes and members of the audience `VIP`.
fn club() -> Seed {
    let rule = |name: &str, condition| {
        let notification = talon_core::effect::ShowNotification {
            notification_type: "Info".into(),
            title: name.into(),
            body: name.into(),
        };
        Rule::new(name).when(condition).then(Reward::ShowNotification(notification))
    };
    let campaign = Campaign::new("Club")
        .rule(rule("joined", Condition::JoinedAudience(VIP.into())))
        .rule(rule("left", Condition::LeftAudience(VIP.into())))
        .rule(rule("member", Condition::InAudience(VIP.into())));
    seed::of(campaign).audience(EARLY, "Early birds").audience(VIP, "VIP")
}

async fn update(world: &World, profile: NewCustomerProfile, dry: bool) -> CustomerProfileUpdate {
    let request = UpdateCustomerProfileV2::new("anna", profile).run_rule_engine(true).dry(dry);
    world.api.update_customer_profile_v2(request).await.expect("the update is accepted")
}

/// Names of the rules that applied.
async fn rules(world: &World, profile: NewCustomerProfile) -> Vec<String> {
    names(&update(world, profile, false).await)
}

fn names(reply: &CustomerProfileUpdate) -> Vec<String> {
    reply.effects.iter().flatten().map(|effect| effect.rule_name.clone()).collect()
}

fn memberships(world: &World) -> Vec<AudienceId> {
    let profile = world.probe().profile("anna").expect("created");
    let memberships = profile.audience_memberships.unwrap_or_default();
    memberships.into_iter().map(|membership| membership.id).collect()
}

async fn every_part_is_returned_on_request(worlds: Worlds) {
    let world = worlds.with(seed::always(Reward::CreateCoupon)).await;
    let parts = [
        ResponseContent::CustomerProfile,
        ResponseContent::TriggeredCampaigns,
        ResponseContent::Loyalty,
        ResponseContent::Event,
        ResponseContent::AwardedGiveaways,
        ResponseContent::RuleFailureReasons,
        ResponseContent::Achievements,
    ];

    let profile = NewCustomerProfile::default().response_content(parts);
    let reply = update(&world, profile, false).await;

    assert_eq!(reply.customer_profile, world.probe().profile("anna"));
    assert_eq!(reply.triggered_campaigns.expect("asked for")[0].id, seed::campaign_id());
    assert_eq!(reply.loyalty, Some(Loyalty::default()));
    assert_eq!(reply.event.expect("asked for").profile_id, Some("anna".into()));
    assert_eq!(reply.awarded_giveaways, Some(vec![]));
    assert_eq!(reply.rule_failure_reasons, Some(vec![]));
    assert_eq!(reply.achievements, Some(vec![]));
}

async fn the_first_update_is_an_event_of_creation(worlds: Worlds) {
    let world = worlds.empty().await;
    let asked = || NewCustomerProfile::default().response_content([ResponseContent::Event]);

    let first = update(&world, asked(), false).await.event.expect("asked for");
    let second = update(&world, asked(), false).await.event.expect("asked for");

    assert_eq!(first.event_type, "talon_profile_created");
    assert_eq!(second.event_type, "talon_profile_updated");
}

async fn without_rules_other_parts_are_ignored(worlds: Worlds) {
    let world = worlds.empty().await;
    let parts = [ResponseContent::CustomerProfile, ResponseContent::Loyalty];

    let profile = NewCustomerProfile::default().response_content(parts);
    let reply = world.api.update_customer_profile_v2(UpdateCustomerProfileV2::new("anna", profile));
    let reply = reply.await.expect("accepted");

    assert_eq!(reply.customer_profile, world.probe().profile("anna"));
    assert_eq!((reply.loyalty, reply.event), (None, None));
}

async fn without_rules_a_dry_update_is_stored(worlds: Worlds) {
    let world = worlds.empty().await;
    let city = Attributes::new().with("City", "Oslo");

    let profile = NewCustomerProfile::default().attributes(city.clone());
    let request = UpdateCustomerProfileV2::new("anna", profile).dry(true);
    world.api.update_customer_profile_v2(request).await.expect("accepted");

    assert_eq!(world.probe().profile("anna").expect("created").attributes, city);
}

async fn with_rules_a_dry_update_is_not_stored(worlds: Worlds) {
    let world = worlds.empty().await;
    let city = Attributes::new().with("City", "Oslo");

    let reply = update(&world, NewCustomerProfile::default().attributes(city.clone()), true).await;

    assert_eq!(reply.customer_profile.expect("returned").attributes, city);
    assert_eq!(world.probe().profile("anna"), None);
}

async fn listed_campaigns_apply_only_to_dry_runs(worlds: Worlds) {
    let other = Campaign::new("Other").id(7);
    let world = worlds.with(seed::always(Reward::CreateCoupon).campaign(other)).await;
    let evaluable_campaign_ids = Some(vec![7.into()]);
    let profile = NewCustomerProfile { evaluable_campaign_ids, ..NewCustomerProfile::default() };

    let dry = update(&world, profile.clone(), true).await;
    let stored = update(&world, profile, false).await;

    assert_eq!(names(&dry), [""; 0]);
    assert_eq!(names(&stored), ["Always"]);
}

async fn a_part_of_another_reply_is_refused(worlds: Worlds) {
    let world = worlds.empty().await;

    let parts = [ResponseContent::Event, ResponseContent::Coupons];
    let profile = NewCustomerProfile::default().response_content(parts);
    let request = UpdateCustomerProfileV2::new("anna", profile);
    let refusal = refusal(world.api.update_customer_profile_v2(request).await);

    let place = refusal.problems()[0].source.pointer.as_deref();
    assert_eq!((refusal.status().as_u16(), place), (400, Some("/responseContent/1")));
    assert_eq!(world.probe().profile("anna"), None);
}

async fn a_rule_reads_an_addition_to_an_audience(worlds: Worlds) {
    let world = worlds.with(club()).await;

    assert_eq!(rules(&world, audience_changes(&[VIP], &[])).await, ["joined", "member"]);
    assert_eq!(rules(&world, audience_changes(&[EARLY], &[])).await, ["member"]);
}

async fn a_rule_reads_a_removal_from_an_audience(worlds: Worlds) {
    let world = worlds.with(club()).await;
    rules(&world, audience_changes(&[VIP, EARLY], &[])).await;

    assert_eq!(rules(&world, audience_changes(&[], &[EARLY])).await, ["member"]);
    assert_eq!(rules(&world, audience_changes(&[], &[VIP])).await, ["left"]);
}

async fn a_rule_reads_the_members_of_an_audience(worlds: Worlds) {
    let world = worlds.with(club()).await;
    let before = world.put("cart-1", cart(100).profile("anna")).await;
    rules(&world, audience_changes(&[VIP], &[])).await;

    let after = world.put("cart-1", cart(100).profile("anna")).await;

    assert_eq!(before.types(), [""; 0]);
    assert!(after.effects.iter().map(|effect| effect.rule_name.as_str()).eq(["member"]));
}

async fn adding_a_member_again_is_no_addition(worlds: Worlds) {
    let world = worlds.with(club()).await;
    rules(&world, audience_changes(&[VIP], &[])).await;

    assert_eq!(rules(&world, audience_changes(&[VIP], &[])).await, ["member"]);
}

async fn removing_a_profile_that_is_no_member_is_no_removal(worlds: Worlds) {
    let world = worlds.with(club()).await;

    assert_eq!(rules(&world, audience_changes(&[], &[VIP])).await, [""; 0]);
}

async fn an_audience_in_both_lists_is_removed(worlds: Worlds) {
    let world = worlds.with(club()).await;

    let wrong_key = rules(&world, audience_changes(&[VIP], &[VIP])).await;
    rules(&world, audience_changes(&[VIP], &[])).await;
    let member = rules(&world, audience_changes(&[VIP], &[VIP])).await;

    assert_eq!(wrong_key, [""; 0]);
    assert_eq!(member, ["left"]);
    assert_eq!(memberships(&world), []);
}

async fn a_dry_update_changes_audiences_only_for_its_rules(worlds: Worlds) {
    let world = worlds.with(club()).await;

    let reply = update(&world, audience_changes(&[VIP], &[]), true).await;

    assert_eq!(names(&reply), ["joined", "member"]);
    assert_eq!(world.probe().profile("anna"), None);
}

async fn audiences_are_sorted_by_id(worlds: Worlds) {
    let world = worlds.with(club()).await;

    rules(&world, audience_changes(&[EARLY], &[])).await;
    rules(&world, audience_changes(&[VIP], &[])).await;

    assert_eq!(memberships(&world), [VIP.into(), EARLY.into()]);
}

async fn one_of_the_lists_may_be_absent(worlds: Worlds) {
    let world = worlds.with(club()).await;
    let body = format!(r#"{{"audiencesChanges":{{"adds":[{VIP}]}}}}"#);
    let profile: NewCustomerProfile = serde_json::from_str(&body).expect("a list is absent");

    assert_eq!(rules(&world, profile).await, ["joined", "member"]);
}

async fn in_the_first_version_rules_do_not_read_changes_of_audiences(worlds: Worlds) {
    let world = worlds.with(club()).await;

    let request = UpdateCustomerProfile::new("anna", audience_changes(&[VIP], &[]));
    let reply = world.api.update_customer_profile(request).await.expect("accepted");

    assert_eq!(reply.event.effects.len(), 1);
    assert_eq!(memberships(&world), [VIP.into()]);
}

async fn an_addition_by_a_rule_is_not_read_by_rules(worlds: Worlds) {
    let join =
        Campaign::new("Join").rule(Rule::new("adds").then(Reward::AddToAudience(VIP.into())));
    let world = worlds.with(club().campaign(join)).await;
    let names = |reply: IntegrationStateV2| {
        let names = reply.effects.into_iter().map(|effect| effect.rule_name);
        names.collect::<Vec<_>>()
    };

    let first = names(world.put("cart-1", cart(100).profile("anna")).await);
    let second = names(world.put("cart-1", cart(100).profile("anna")).await);

    assert_eq!(first, ["adds"]);
    assert_eq!(second, ["member", "adds"]);
}
