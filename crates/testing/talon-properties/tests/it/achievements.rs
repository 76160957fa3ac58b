//! Progress in achievements agrees with the effects, for any sequence of sessions.

use std::collections::BTreeMap;
use std::time::Duration;

use proptest::collection::vec;
use proptest::prop_oneof;
use proptest::strategy::{Just, Strategy};
use talon_core::Amount;
use talon_core::api::Call;
use talon_core::effect::{Effect, EffectKind};
use talon_core::model::{AchievementProgress, AchievementRecurrencePolicy, AchievementStatus};
use talon_core::prelude::*;
use talon_fake::rules::{Progress, Reward, Rule};
use talon_fake::{Achievement, Campaign, Fake, World};
use talon_samples::immediate;

use crate::runner::holds_for_every;

const CASES: u32 = 96;
const ID: i64 = 3;
const PROFILES: [&str; 2] = ["anna", "bert"];
const SESSIONS: usize = 6;

/// A request, or a change of the clock. A session belongs to the profile with the same parity.
#[derive(Clone, Copy, Debug)]
enum Step {
    Open(usize, i64),
    Close(usize, i64),
    Cancel(usize),
    Reopen(usize),
    Return(usize),
    Event(usize),
    Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
    let session = || 0..SESSIONS;
    prop_oneof![
        1 => (session(), 0..30_i64).prop_map(|(id, spent)| Step::Open(id, spent)),
        4 => (session(), 0..30_i64).prop_map(|(id, spent)| Step::Close(id, spent)),
        2 => session().prop_map(Step::Cancel),
        1 => session().prop_map(Step::Reopen),
        1 => session().prop_map(Step::Return),
        1 => session().prop_map(Step::Event),
        1 => (1..30_u64).prop_map(Step::Wait),
    ]
}

fn achievement() -> impl Strategy<Value = Achievement> {
    let policy = prop_oneof![
        Just(AchievementRecurrencePolicy::NoRecurrence),
        Just(AchievementRecurrencePolicy::OnExpiration),
        Just(AchievementRecurrencePolicy::OnCompletion),
    ];
    (policy, 1..40_i64, proptest::bool::ANY, proptest::bool::ANY).prop_map(
        |(policy, target, allows, is_fixed)| {
            let has_period = policy != AchievementRecurrencePolicy::OnCompletion;
            let mut achievement = Achievement::new(ID, "Spent", target).recurs(policy);
            achievement.allow_rollback_after_completion = allows;
            if has_period {
                achievement = achievement.period("1D".parse().expect("a period"));
            }
            if has_period && is_fixed {
                achievement = achievement.fixed_schedule(World::new().now);
            }
            achievement
        },
    )
}

fn world(achievement: Achievement) -> World {
    let spent =
        Progress { achievement_id: ID.into(), percent: Some(100.into()), ..Progress::default() };
    let rule = Rule::new("Progress")
        .then(Reward::StartAchievementProgress(ID.into()))
        .then(Reward::IncreaseAchievementProgress(spent))
        .then(Reward::increase_achievement_progress(ID, 2));
    let campaign = Campaign::new("Progress").reevaluate_on_return().rule(rule);
    World::new().campaign(campaign).achievement(achievement)
}

/// The effects of a step that are final; none of one that is refused.
fn effects(fake: &Fake, step: Step) -> Vec<Effect> {
    fn effects_of<O: Call>(
        fake: &Fake,
        request: O,
        effects: impl Fn(O::Reply) -> Vec<Effect>,
    ) -> Vec<Effect> {
        immediate(request.call(fake)).map(effects).unwrap_or_default()
    }
    let profile = |id: usize| PROFILES[id % PROFILES.len()];
    let cart = |id: usize, spent: i64, state| {
        let items = [CartItem::new("A", 1).price(spent), CartItem::new("B", 1).price(1)];
        let session = NewCustomerSessionV2::default().profile(profile(id)).cart_items(items);
        UpdateCustomerSessionV2::new(format!("cart-{id}"), session.state(state))
    };
    match step {
        Step::Open(id, spent) => {
            // Provisional effects.
            effects_of(fake, cart(id, spent, SessionState::Open), |_| Vec::new())
        }
        Step::Close(id, spent) => {
            effects_of(fake, cart(id, spent, SessionState::Closed), |reply| reply.effects)
        }
        Step::Cancel(id) => {
            let session = NewCustomerSessionV2::default().state(SessionState::Cancelled);
            let request = UpdateCustomerSessionV2::new(format!("cart-{id}"), session);
            effects_of(fake, request, |reply| reply.effects)
        }
        Step::Reopen(id) => {
            let request = ReopenCustomerSession::new(format!("cart-{id}"));
            effects_of(fake, request, |reply| reply.effects)
        }
        Step::Return(id) => {
            let request = ReturnCartItems::new(format!("cart-{id}"), [ReturnedCartItem::at(0)])
                .run_rule_engine(true);
            effects_of(fake, request, |reply| reply.effects)
        }
        Step::Event(id) => {
            let event = NewEventV2::new("danced", profile(id));
            let request = TrackEventV2::new(event).silent(false);
            effects_of(fake, request, |reply| reply.map(|it| it.effects).unwrap_or_default())
        }
        Step::Wait(hours) => {
            fake.clock().advance(Duration::from_secs(hours * 3600));
            Vec::new()
        }
    }
}

/// Adds the effects to the progress of each tracker, and compares what they say with it.
fn add(progress: &mut BTreeMap<i64, Amount>, effects: &[Effect], target: Amount) {
    for effect in effects {
        match &effect.kind {
            EffectKind::StartAchievementProgress(it) => {
                let before = progress.insert(it.progress_tracker_id, Amount::ZERO);
                assert_eq!(before, None, "a tracker is started once");
            }
            EffectKind::IncreaseAchievementProgress(it) => {
                let tracker = it.progress_tracker_id.expect("always sent");
                let sum = progress.entry(tracker).or_default();
                *sum += it.delta;
                assert!(it.delta > Amount::ZERO && *sum <= target, "{it:?}");
                assert_eq!((it.value, it.is_just_completed), (*sum, *sum == target), "{it:?}");
            }
            EffectKind::RollbackIncreasedAchievementProgress(it) => {
                let sum = progress.get_mut(&it.progress_tracker_id).expect("it was increased");
                *sum -= it.decrease_progress_by;
                assert!(!sum.is_negative() && it.current_progress == *sum, "{it:?}");
            }
            _ => {}
        }
    }
}

/// Every progress tracker of every profile.
fn history(fake: &Fake) -> Vec<AchievementProgress> {
    let of_profile = |profile: &str| {
        let request = GetCustomerAchievementHistory::new(profile, ID);
        immediate(request.call(fake)).map(|page| page.data).unwrap_or_default()
    };
    PROFILES.into_iter().flat_map(of_profile).collect()
}

#[test]
fn progress_agrees_with_the_effects_and_never_exceeds_the_target() {
    holds_for_every(CASES, (achievement(), vec(step(), 0..40)), |(achievement, steps)| {
        let target = achievement.target;
        let fake = Fake::new(world(achievement)).expect("a valid world");
        let mut progress = BTreeMap::new();
        for step in steps {
            add(&mut progress, &effects(&fake, step), target);

            let history = history(&fake);
            let mut stored: Vec<_> = history.iter().map(|tracker| tracker.progress).collect();
            let mut expected: Vec<_> = progress.values().copied().collect();
            stored.sort_unstable();
            expected.sort_unstable();
            assert_eq!(stored, expected, "after {step:?}");
            for tracker in &history {
                let is_completed = tracker.status == AchievementStatus::Completed;
                assert_eq!(is_completed, tracker.progress == target, "{tracker:?}");
                assert_eq!(is_completed, tracker.completion_date.is_some(), "{tracker:?}");
            }
        }
    });
}
