//! Counters of closed sessions, and how a cancellation reverts them.

use talon_core::model::LimitConfig;
use talon_core::prelude::*;
use talon_fake::rules::*;
use talon_fake::{Campaign, Fake, Referral, World};

fn session(id: &str, session: NewCustomerSessionV2) -> UpdateCustomerSessionV2 {
    UpdateCustomerSessionV2::new(id, session)
}

fn state(state: SessionState) -> NewCustomerSessionV2 {
    NewCustomerSessionV2::default().state(state)
}

#[tokio::test]
async fn an_anonymous_session_is_not_subtracted_from_a_profile() {
    let talon = Fake::new(World::new()).unwrap();
    talon.update_customer_session_v2(session("s", state(SessionState::Closed))).await.unwrap();

    let event = NewEvent::new("shared", "s").profile("anna");
    talon.track_event(TrackEvent::new(event)).await.unwrap();
    talon.update_customer_session_v2(session("s", state(SessionState::Cancelled))).await.unwrap();

    assert_eq!(talon.profile("anna").map_or(0, |anna| anna.closed_sessions), 0);
}

#[tokio::test]
async fn a_referral_keeps_the_limit_of_a_coupon_in_the_same_session() {
    let both = Condition::All(vec![Condition::coupon_valid(), Condition::referral_valid()]);
    let limit = LimitConfig {
        action: "redeemReferral".into(),
        limit: 1.into(),
        entities: vec!["Coupon".into()],
        ..LimitConfig::default()
    };
    let campaign = Campaign::new("Spring")
        .coupon("SPRING")
        .referral(Referral::new("REFER", "zoe"))
        .limit(limit)
        .rule(Rule::new("both").when(both));
    let talon = Fake::new(World::new().campaign(campaign)).unwrap();

    for (id, profile) in [("s1", "anna"), ("s2", "ben")] {
        let paid = state(SessionState::Closed).profile(profile);
        let paid = paid.coupon_codes(["SPRING"]).referral_code("REFER");
        talon.update_customer_session_v2(session(id, paid)).await.unwrap();
    }

    assert_eq!(talon.referral("REFER").expect("of the world").usage_counter, 1);
}

#[tokio::test]
async fn an_exhausted_giveaway_uses_no_limit() {
    let limit =
        LimitConfig { action: "awardGiveaway".into(), limit: 1.into(), ..Default::default() };
    let campaign = Campaign::new("Spring")
        .limit(limit)
        .rule(Rule::new("none left").then(Reward::AwardGiveaway(1)))
        .rule(Rule::new("a mug").then(Reward::AwardGiveaway(2)));
    let world = World::new().giveaways(1, "None", &[]).giveaways(2, "Mugs", &["MUG-1"]);
    let talon = Fake::new(world.campaign(campaign)).unwrap();

    let paid = session("s", state(SessionState::Closed).profile("anna"));
    let reply = talon.update_customer_session_v2(paid).await.unwrap();

    let awards = |kind: &EffectKind| matches!(kind, EffectKind::AwardGiveaway(_));
    assert_eq!(reply.effects.iter().filter(|effect| awards(&effect.kind)).count(), 1);
}
