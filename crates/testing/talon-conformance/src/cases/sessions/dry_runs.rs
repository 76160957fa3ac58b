//! Dry runs.

use crate::prelude::*;

cases! {
    "updateCustomerSessionV2" {
        success a_dry_run_is_evaluated,
        detail a_dry_run_stores_nothing,
        detail a_dry_close_redeems_nothing,
        surprise a_dry_run_evaluates_only_the_members_of_the_request,
        surprise a_dry_run_may_list_disabled_campaigns,
        detail listed_campaigns_are_used_only_in_dry_runs,
        detail a_dry_run_may_be_evaluated_at_a_later_time,
        refused(400) a_later_evaluation_time_requires_a_dry_run,
        surprise a_dry_run_may_be_evaluated_at_an_earlier_time,
        detail a_dry_run_is_validated,
    }
    "updateCustomerSession" {
        detail a_dry_run_of_the_first_version_stores_nothing,
        surprise a_dry_run_of_the_first_version_starts_from_the_stored_session,
    }
    "trackEvent" {
        detail a_dry_event_stores_nothing,
    }
    "updateCustomerProfile" {
        detail a_dry_update_of_a_profile_stores_nothing,
    }
    "updateCustomerProfileV2" {
        detail a_dry_update_of_a_profile_with_rules_stores_nothing,
        surprise dry_without_rules_is_no_dry_run,
    }
}

fn dry(session: NewCustomerSessionV2) -> UpdateCustomerSessionV2 {
    UpdateCustomerSessionV2::new("cart-1", session).dry(true)
}

async fn a_dry_run_is_evaluated(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let sent = cart(100).profile("anna").coupon_codes(["SUMMER10"]);
    let reply = world.try_out("cart-1", sent).await;

    assert_eq!(reply.types(), ["acceptCoupon", "setDiscount"]);
    assert_eq!(reply.session().total, 100.into());
    assert_eq!(reply.profile().integration_id, "anna");
}

async fn a_dry_run_stores_nothing(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    world.try_out("cart-1", cart(100).profile("anna")).await;

    assert_eq!(world.probe().session("cart-1"), None);
    assert_eq!(world.probe().profile("anna"), None);
}

async fn a_dry_close_redeems_nothing(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    world.put("cart-1", cart(100).profile("anna")).await;

    let paid = cart(100).profile("anna").coupon_codes(["SUMMER10"]).state(SessionState::Closed);
    let reply = world.try_out("cart-1", paid).await;

    assert_eq!(reply.session().state, SessionState::Closed);
    assert_eq!(reply.profile().closed_sessions, 1);
    assert_eq!(world.probe().session("cart-1").expect("stored").state, SessionState::Open);
    assert_eq!(world.probe().profile("anna").expect("stored").closed_sessions, 0);
    assert_eq!(world.probe().coupon("SUMMER10").expect("seeded").usage_counter, 0);
}

async fn a_dry_run_evaluates_only_the_members_of_the_request(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;
    world.put("cart-1", cart(100).profile("anna").coupon_codes(["SUMMER10"])).await;

    let reply = world.try_out("cart-1", cart(50)).await;

    assert!(reply.effects.is_empty());
    assert_eq!(reply.session().profile_id, "");
    assert_eq!(reply.session().total, 50.into());
}

fn disabled() -> Seed {
    let campaign = Campaign::new("Draft").id(seed::CAMPAIGN).state(CampaignState::Disabled);
    seed::of(campaign.rule(seed::ten_percent())).campaign(
        Campaign::new("Running")
            .rule(Rule::new("One").then(Reward::set_discount("one", Discount::amount(1)))),
    )
}

fn draft_alone() -> NewCustomerSessionV2 {
    NewCustomerSessionV2 { evaluable_campaign_ids: Some(vec![seed::campaign_id()]), ..cart(100) }
}

async fn a_dry_run_may_list_disabled_campaigns(worlds: Worlds) {
    let world = worlds.with(disabled()).await;

    let reply = world.try_out("cart-1", draft_alone()).await;

    assert_eq!(reply.discounts(), [("10 % off", 10.into())]);
}

async fn listed_campaigns_are_used_only_in_dry_runs(worlds: Worlds) {
    let world = worlds.with(disabled()).await;

    let reply = world.put("cart-1", draft_alone()).await;

    assert_eq!(reply.discounts(), [("one", 1.into())]);
}

async fn a_dry_run_may_be_evaluated_at_a_later_time(worlds: Worlds) {
    let soon = seed::Coupon::new("SUMMER10").starts(at("2026-06-01T00:00:00Z"));
    let world = worlds.with(seed::coupon(soon)).await;

    let session = cart(100).coupon_codes(["SUMMER10"]);
    let today = world.send(dry(session.clone())).await;
    let then = world.send(dry(session).now(at("2026-07-01T00:00:00Z"))).await;

    assert_eq!(today.coupon_rejection(), CouponRejection::CouponStartDateInFuture);
    assert_eq!(then.accepted(), ["SUMMER10"]);
    assert_eq!(world.clock().now(), at("2026-01-01T00:00:00Z"));
}

async fn a_later_evaluation_time_requires_a_dry_run(worlds: Worlds) {
    let world = worlds.empty().await;

    let request = dry(cart(100)).dry(false).now(at("2026-07-01T00:00:00Z"));
    let refusal = refusal(world.api.update_customer_session_v2(request).await);

    let problem = Problem::parameter("now", "Invalid", "now can be given with dry=true alone");
    assert_eq!(refusal, ApiError::invalid(problem));
}

/// BEHAVIOUR, correction (f): the document allows only later times, but shops also send earlier ones.
async fn a_dry_run_may_be_evaluated_at_an_earlier_time(worlds: Worlds) {
    let begun = seed::Coupon::new("SUMMER10").expires(at("2025-08-01T00:00:00Z"));
    let daily = LimitConfig {
        period: Some(LimitPeriod::Daily),
        ..seed::limit(LimitAction::RedeemCoupon, 1, &[])
    };
    let world = worlds.with(seed::of(seed::summer_campaign().coupon(begun).limit(daily))).await;
    let session = cart(100).coupon_codes(["SUMMER10"]).profile("anna");

    let today = world.send(dry(session.clone())).await;
    let then = world.send(dry(session).now(at("2025-07-01T00:00:00Z"))).await;

    assert_eq!(today.coupon_rejection(), CouponRejection::CouponExpired);
    assert_eq!(then.accepted(), ["SUMMER10"]);
    assert_eq!(world.clock().now(), at("2026-01-01T00:00:00Z"));
    assert_eq!(world.probe().profile("anna"), None);
}

async fn a_dry_run_is_validated(worlds: Worlds) {
    let world = worlds.empty().await;

    let request = dry(cart(100).state(SessionState::Cancelled));
    let refusal = refusal(world.api.update_customer_session_v2(request).await);

    assert_eq!(refusal.problems()[0].source.pointer.as_deref(), Some("/customerSession/state"));
}

async fn dry_v1(world: &World, session: NewCustomerSession) -> IntegrationState {
    let request = UpdateCustomerSession::new("cart-1", session).dry(true);
    world.api.update_customer_session(request).await.expect("the update is accepted")
}

async fn a_dry_run_of_the_first_version_stores_nothing(worlds: Worlds) {
    let world = worlds.with(seed::summer()).await;

    let session = NewCustomerSession::default().profile("anna").coupon("SUMMER10");
    let reply = dry_v1(&world, session).await;

    assert_eq!(reply.event.types(), ["acceptCoupon", "setDiscount"]);
    assert_eq!(world.probe().session("cart-1"), None);
    assert_eq!(world.probe().profile("anna"), None);
}

async fn a_dry_run_of_the_first_version_starts_from_the_stored_session(worlds: Worlds) {
    let world = worlds.empty().await;
    world.put("cart-1", cart(100).profile("anna")).await;

    let reply = dry_v1(&world, NewCustomerSession::default()).await;

    assert_eq!(reply.session.profile_id, "anna");
    assert_eq!(reply.session.total, 100.into());
}

async fn a_dry_event_stores_nothing(worlds: Worlds) {
    let world = worlds.with(seed::rule(seed::ten_percent())).await;

    let event = NewEvent::new("shared_link", "cart-1").profile("anna");
    let reply = world.api.track_event(TrackEvent::new(event).dry(true)).await;

    assert_eq!(reply.expect("the event is accepted").event.types(), ["setDiscount"]);
    assert_eq!(world.probe().session("cart-1"), None);
    assert_eq!(world.probe().profile("anna"), None);
}

fn from_berlin() -> NewCustomerProfile {
    NewCustomerProfile::default().attributes(Attributes::new().with("City", "Berlin"))
}

async fn a_dry_update_of_a_profile_stores_nothing(worlds: Worlds) {
    let world = worlds.empty().await;

    let request = UpdateCustomerProfile::new("anna", from_berlin()).dry(true);
    let reply = world.api.update_customer_profile(request).await.expect("the update is accepted");

    assert_eq!(reply.profile.attributes.text("City"), Some("Berlin"));
    assert_eq!(world.probe().profile("anna"), None);
}

async fn a_dry_update_of_a_profile_with_rules_stores_nothing(worlds: Worlds) {
    let world = worlds.empty().await;

    let request = UpdateCustomerProfileV2::new("anna", from_berlin());
    let request = request.dry(true).run_rule_engine(true);
    let reply = world.api.update_customer_profile_v2(request).await;

    assert!(reply.expect("the update is accepted").customer_profile.is_some());
    assert_eq!(world.probe().profile("anna"), None);
}

async fn dry_without_rules_is_no_dry_run(worlds: Worlds) {
    let world = worlds.empty().await;

    let request = UpdateCustomerProfileV2::new("anna", from_berlin()).dry(true);
    world.api.update_customer_profile_v2(request).await.expect("the update is accepted");

    assert!(world.probe().profile("anna").is_some());
}
