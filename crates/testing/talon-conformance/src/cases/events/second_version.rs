//! Events outside of sessions, by the second version. BEHAVIOUR-today 4.1.

use std::time::Duration;

use talon_fake::world::EvaluationMode;

use super::{reviewed, with_reviews};
use crate::prelude::*;

cases! {
    "trackEventV2" {
        success an_event_is_returned_on_request,
        surprise a_reply_has_no_body_by_default,
        surprise an_unknown_profile_is_created,
        detail parts_that_were_not_requested_are_absent,
        detail every_part_is_returned_on_request,
        detail each_call_records_a_further_event,
        detail an_event_updates_the_last_activity_of_its_profile,
        surprise a_dry_event_may_have_no_body,
        surprise a_complete_evaluation_ignores_the_evaluation_mode,
        detail a_dry_event_returns_its_campaigns,
        surprise a_dry_event_may_list_disabled_campaigns,
        detail an_archived_campaign_that_is_listed_is_not_evaluated,
        detail one_loyalty_card_is_accepted,
        detail the_store_is_kept,
    }
}

async fn an_event_is_returned_on_request(worlds: Worlds) {
    let world = worlds.with(with_reviews()).await;
    let stars = Attributes::new().with("Stars", 5);

    let event = reviewed().attributes(stars.clone()).response_content([ResponseContent::Event]);
    let reply = world.track_v2(TrackEventV2::new(event)).await;

    let event = reply.event.expect("asked for");
    let expected = Event {
        id: event.id,
        created: world.clock().now(),
        application_id: world.probe().application().id,
        profile_id: Some("anna".into()),
        event_type: "reviewed".into(),
        attributes: stars,
        ..Event::default()
    };
    assert_eq!(event, expected);
}

async fn a_reply_has_no_body_by_default(worlds: Worlds) {
    let world = worlds.with(with_reviews()).await;

    let by_default = world.api.track_event_v2(TrackEventV2::new(reviewed())).await;
    let silent = world.api.track_event_v2(TrackEventV2::new(reviewed()).silent(true)).await;

    assert_eq!(by_default.expect("accepted"), None);
    assert_eq!(silent.expect("accepted"), None);
}

async fn an_unknown_profile_is_created(worlds: Worlds) {
    let rule = seed::ten_percent().when(Condition::event("talon_profile_created"));
    let world = worlds.with(seed::rule(rule)).await;

    let reply = world.track_v2(TrackEventV2::new(reviewed())).await;

    assert_eq!(world.probe().profile("anna").expect("created").created, world.clock().now());
    assert_eq!(reply.types(), [""; 0]);
}

async fn parts_that_were_not_requested_are_absent(worlds: Worlds) {
    let world = worlds.with(with_reviews()).await;

    let reply = world.track_v2(TrackEventV2::new(reviewed())).await;

    assert_eq!(reply, IntegrationStateV2::default());
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

    let event = reviewed().response_content(parts);
    let reply = world.track_v2(TrackEventV2::new(event)).await;

    assert_eq!(reply.customer_profile, world.probe().profile("anna"));
    assert_eq!(reply.triggered_campaigns.expect("asked for")[0].id, seed::campaign_id());
    assert_eq!(reply.loyalty, Some(Loyalty::default()));
    assert_eq!(reply.event.expect("asked for").event_type, "reviewed");
    assert_eq!(reply.awarded_giveaways, Some(vec![]));
    assert_eq!(reply.rule_failure_reasons, Some(vec![]));
    assert_eq!(reply.achievements, Some(vec![]));
    assert_eq!(reply.customer_session, None);
}

async fn each_call_records_a_further_event(worlds: Worlds) {
    let world = worlds.with(with_reviews()).await;
    let request = TrackEventV2::new(reviewed().response_content([ResponseContent::Event]));

    let first = world.track_v2(request.clone()).await;
    let second = world.track_v2(request).await;

    assert_ne!(first.event.expect("asked for").id, second.event.expect("asked for").id);
}

async fn an_event_updates_the_last_activity_of_its_profile(worlds: Worlds) {
    let world = worlds.with(with_reviews()).await;
    world.put_profile("anna", Attributes::new()).await;
    world.clock().advance(Duration::from_secs(60));

    world.track_v2(TrackEventV2::new(reviewed())).await;

    let profile = world.probe().profile("anna").expect("created");
    assert_eq!(profile.last_activity, world.clock().now());
}

async fn a_dry_event_may_have_no_body(worlds: Worlds) {
    let world = worlds.with(with_reviews()).await;

    let reply = world.api.track_event_v2(TrackEventV2::new(reviewed()).dry(true)).await;

    assert_eq!(reply.expect("accepted"), None);
    assert_eq!(world.probe().profile("anna"), None);
}

async fn a_complete_evaluation_ignores_the_evaluation_mode(worlds: Worlds) {
    let campaign =
        |name: &str| Campaign::new(name).rule(Rule::new(name).then(Reward::CreateCoupon));
    let seed = Seed::new().campaign(campaign("First")).campaign(campaign("Second"));
    let world = worlds.with(seed.evaluation_mode(EvaluationMode::ListOrder)).await;
    let dry = TrackEventV2::new(reviewed()).dry(true);

    let in_mode = world.track_v2(dry.clone()).await;
    let complete = world.track_v2(dry.force_complete_evaluation(true)).await;

    assert_eq!(in_mode.types(), ["couponCreated"]);
    assert_eq!(complete.types(), ["couponCreated", "couponCreated"]);
}

async fn a_dry_event_returns_its_campaigns(worlds: Worlds) {
    let world = worlds.with(seed::always(Reward::CreateCoupon)).await;

    let event = reviewed().response_content([ResponseContent::CampaignEligibility]);
    let reply = world.track_v2(TrackEventV2::new(event).dry(true)).await;

    let told = reply.campaign_eligibility.expect("asked for");
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].id, told[0].eligibility[0].passed), (seed::campaign_id(), true));
}

/// The effects of a dry event that lists a campaign in this state.
async fn named(worlds: Worlds, state: CampaignState) -> Vec<String> {
    let rule = Rule::new("Always").then(Reward::CreateCoupon);
    let campaign = Campaign::new("Not enabled").id(seed::CAMPAIGN).state(state).rule(rule);
    let world = worlds.with(seed::of(campaign)).await;
    let evaluable_campaign_ids = Some(vec![seed::campaign_id()]);
    let event = NewEventV2 { evaluable_campaign_ids, ..reviewed() };
    let reply = world.track_v2(TrackEventV2::new(event).dry(true)).await;
    reply.types().into_iter().map(ToOwned::to_owned).collect()
}

async fn a_dry_event_may_list_disabled_campaigns(worlds: Worlds) {
    assert_eq!(named(worlds, CampaignState::Disabled).await, ["couponCreated"]);
}

async fn an_archived_campaign_that_is_listed_is_not_evaluated(worlds: Worlds) {
    assert_eq!(named(worlds, CampaignState::Archived).await, [""; 0]);
}

async fn one_loyalty_card_is_accepted(worlds: Worlds) {
    let world = worlds.with(with_reviews()).await;

    let event = NewEventV2 { loyalty_cards: Some(vec!["unknown".into()]), ..reviewed() };
    let reply = world.track_v2(TrackEventV2::new(event)).await;

    assert_eq!(reply.types(), [""; 0]);
}

async fn the_store_is_kept(worlds: Worlds) {
    let world = worlds.with(with_reviews()).await;

    let event = reviewed().response_content([ResponseContent::Event]);
    let event = NewEventV2 { store_integration_id: Some("berlin".into()), ..event };
    let reply = world.track_v2(TrackEventV2::new(event)).await;

    let store = reply.event.expect("asked for").store_integration_id;
    assert_eq!(store.as_deref(), Some("berlin"));
}
