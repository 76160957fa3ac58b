//! Whatever happens, a retry is safe, within the attempts, and within the deadline.

use std::time::Duration;

use proptest::arbitrary::any;
use proptest::prop_oneof;
use proptest::strategy::{Just, Strategy};
use talon_client::RetryPolicy;
use talon_client::retry::{Decision, Outcome, Situation, decide};
use talon_core::StopReason;

use crate::every::holds_for_every;

const CASES: u32 = 2048;

/// From nothing to forever; some milliseconds are likely.
fn duration() -> impl Strategy<Value = Duration> {
    prop_oneof![
        6 => (0..5_000_u64).prop_map(Duration::from_millis),
        1 => any::<u64>().prop_map(Duration::from_nanos),
        1 => Just(Duration::ZERO),
        1 => Just(Duration::MAX),
    ]
}

fn policy() -> impl Strategy<Value = RetryPolicy> {
    let attempts = prop_oneof![4 => 0..6_u32, 1 => any::<u32>()];
    (attempts, duration(), duration(), duration()).prop_map(
        |(max_attempts, first_backoff, max_backoff, max_wait)| RetryPolicy {
            max_attempts,
            first_backoff,
            max_backoff,
            max_wait,
        },
    )
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        Just(Outcome::NotSent),
        Just(Outcome::Unprocessed),
        Just(Outcome::Unknown),
        Just(Outcome::Busy { retry_after: None }),
        duration().prop_map(|asked| Outcome::Busy { retry_after: Some(asked) }),
        Just(Outcome::Final),
    ]
}

fn situation() -> impl Strategy<Value = Situation> {
    let attempts = prop_oneof![4 => 1..6_u32, 1 => 1..=u32::MAX];
    (attempts, outcome(), any::<bool>(), duration(), any::<u32>()).prop_map(
        |(attempts, outcome, safe_to_repeat, left, chance)| Situation {
            attempts,
            outcome,
            safe_to_repeat,
            left,
            chance,
        },
    )
}

fn asked(situation: &Situation) -> Option<Duration> {
    match situation.outcome {
        Outcome::Busy { retry_after } => retry_after,
        _ => None,
    }
}

#[test]
fn a_retry_is_safe_allowed_and_in_time() {
    holds_for_every(CASES, (policy(), situation()), |(policy, situation)| {
        let Decision::Retry { after } = decide(&policy, &situation) else { return };

        assert_ne!(situation.outcome, Outcome::Final);
        assert!(situation.safe_to_repeat || situation.outcome != Outcome::Unknown);
        assert!(situation.attempts < policy.max_attempts);
        assert!(after < situation.left);
        let asked = asked(&situation).unwrap_or_default();
        assert!(asked <= policy.max_wait);
        assert!(after >= asked);
        assert!(after <= asked.saturating_add(policy.max_backoff));
    });
}

#[test]
fn the_reason_to_stop_is_true() {
    holds_for_every(CASES, (policy(), situation()), |(policy, situation)| {
        let Decision::Stop(reason) = decide(&policy, &situation) else { return };

        assert!(match reason {
            StopReason::Final => situation.outcome == Outcome::Final,
            StopReason::AttemptsUsedUp => situation.attempts >= policy.max_attempts,
            StopReason::RepeatUnsafe => {
                situation.outcome == Outcome::Unknown && !situation.safe_to_repeat
            }
            StopReason::WaitTooLong => asked(&situation) > Some(policy.max_wait),
            StopReason::Deadline => {
                let longest =
                    policy.max_backoff.saturating_add(asked(&situation).unwrap_or_default());
                longest >= situation.left
            }
            _ => false,
        });
    });
}

#[test]
fn calls_end_within_their_attempts_and_their_deadline() {
    let outcomes = proptest::collection::vec((outcome(), duration(), any::<u32>()), 1..8);
    let calls = (policy(), any::<bool>(), duration(), outcomes);
    holds_for_every(CASES / 4, calls, |(policy, safe_to_repeat, deadline, outcomes)| {
        let (mut attempts, mut left) = (0, deadline);
        for (outcome, took, chance) in outcomes {
            attempts += 1;
            left = left.saturating_sub(took);
            let situation = Situation { attempts, outcome, safe_to_repeat, left, chance };
            let Decision::Retry { after } = decide(&policy, &situation) else { break };
            left = left.checked_sub(after).expect("it waits no longer than is left");
            assert!(!left.is_zero(), "there is time for the attempt");
        }
        assert!(attempts <= policy.max_attempts.max(1));
    });
}

/// What makes a situation worse in one respect.
fn worse(situation: Situation, policy: &RetryPolicy) -> Vec<(Situation, RetryPolicy)> {
    let policy = policy.clone();
    vec![
        (Situation { attempts: situation.attempts.saturating_add(1), ..situation }, policy.clone()),
        (Situation { safe_to_repeat: false, ..situation }, policy.clone()),
        (Situation { left: situation.left / 2, ..situation }, policy.clone()),
        (Situation { outcome: Outcome::Final, ..situation }, policy.clone()),
        (situation, RetryPolicy { max_attempts: policy.max_attempts / 2, ..policy.clone() }),
        (situation, RetryPolicy { max_wait: policy.max_wait / 2, ..policy }),
    ]
}

#[test]
fn what_is_not_tried_again_is_not_when_things_are_worse() {
    // A longest pause of nothing: the pause, which grows with the attempts, decides nothing.
    let policies =
        policy().prop_map(|policy| RetryPolicy { max_backoff: Duration::ZERO, ..policy });
    holds_for_every(CASES, (policies, situation()), |(policy, situation)| {
        if let Decision::Stop(_) = decide(&policy, &situation) {
            for (situation, policy) in worse(situation, &policy) {
                let decision = decide(&policy, &situation);
                assert!(matches!(decision, Decision::Stop(_)), "{situation:?}: {decision:?}");
            }
        }
    });
}

#[test]
fn a_greater_chance_is_no_shorter_pause() {
    holds_for_every(CASES, (policy(), situation(), any::<u32>()), |(policy, situation, chance)| {
        let later = Situation { chance: situation.chance.max(chance), ..situation };
        match (decide(&policy, &situation), decide(&policy, &later)) {
            (Decision::Retry { after }, Decision::Retry { after: later }) => {
                assert!(after <= later);
            }
            (Decision::Stop(reason), decision) => assert_eq!(decision, Decision::Stop(reason)),
            (Decision::Retry { .. }, Decision::Stop(reason)) => {
                assert_eq!(reason, StopReason::Deadline);
            }
        }
    });
}
