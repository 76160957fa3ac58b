//! Retries are safe, within the number of attempts, and within the deadline.

use std::time::Duration;

use proptest::arbitrary::any;
use proptest::prop_oneof;
use proptest::strategy::{Just, Strategy};
use talon_client::RetryPolicy;
use talon_client::retry::{AttemptOutcome, Decision, RetryContext, decide};
use talon_core::StopReason;

use crate::runner::holds_for_every;

const CASES: u32 = 2048;

/// From zero to the maximum, mostly milliseconds.
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
        |(max_attempts, initial_backoff, max_backoff, max_retry_after)| RetryPolicy {
            max_attempts,
            initial_backoff,
            max_backoff,
            max_retry_after,
        },
    )
}

fn outcome() -> impl Strategy<Value = AttemptOutcome> {
    prop_oneof![
        Just(AttemptOutcome::NotSent),
        Just(AttemptOutcome::Unprocessed),
        Just(AttemptOutcome::Unknown),
        Just(AttemptOutcome::Busy { retry_after: None }),
        duration().prop_map(|asked| AttemptOutcome::Busy { retry_after: Some(asked) }),
        Just(AttemptOutcome::Final),
    ]
}

fn context() -> impl Strategy<Value = RetryContext> {
    let attempts = prop_oneof![4 => 1..6_u32, 1 => 1..=u32::MAX];
    (attempts, outcome(), any::<bool>(), duration(), any::<u32>()).prop_map(
        |(attempts, outcome, repeat_is_safe, time_left, jitter)| RetryContext {
            attempts,
            outcome,
            repeat_is_safe,
            time_left,
            jitter,
        },
    )
}

fn asked(context: &RetryContext) -> Option<Duration> {
    match context.outcome {
        AttemptOutcome::Busy { retry_after } => retry_after,
        _ => None,
    }
}

#[test]
fn a_retry_is_safe_allowed_and_in_time() {
    holds_for_every(CASES, (policy(), context()), |(policy, context)| {
        let Decision::Retry { after } = decide(&policy, &context) else { return };

        assert_ne!(context.outcome, AttemptOutcome::Final);
        assert!(context.repeat_is_safe || context.outcome != AttemptOutcome::Unknown);
        assert!(context.attempts < policy.max_attempts);
        assert!(after < context.time_left);
        let asked = asked(&context).unwrap_or_default();
        assert!(asked <= policy.max_retry_after);
        assert!(after >= asked);
        assert!(after <= asked.saturating_add(policy.max_backoff));
    });
}

#[test]
fn the_reason_to_stop_is_true() {
    holds_for_every(CASES, (policy(), context()), |(policy, context)| {
        let Decision::Stop(reason) = decide(&policy, &context) else { return };

        assert!(match reason {
            StopReason::Final => context.outcome == AttemptOutcome::Final,
            StopReason::AttemptsUsedUp => context.attempts >= policy.max_attempts,
            StopReason::RepeatUnsafe => {
                context.outcome == AttemptOutcome::Unknown && !context.repeat_is_safe
            }
            StopReason::WaitTooLong => asked(&context) > Some(policy.max_retry_after),
            StopReason::Deadline => {
                let longest =
                    policy.max_backoff.saturating_add(asked(&context).unwrap_or_default());
                longest >= context.time_left
            }
            _ => false,
        });
    });
}

#[test]
fn calls_end_within_their_attempts_and_their_deadline() {
    let outcomes = proptest::collection::vec((outcome(), duration(), any::<u32>()), 1..8);
    let calls = (policy(), any::<bool>(), duration(), outcomes);
    holds_for_every(CASES / 4, calls, |(policy, repeat_is_safe, deadline, outcomes)| {
        let (mut attempts, mut time_left) = (0, deadline);
        for (outcome, took, jitter) in outcomes {
            attempts += 1;
            time_left = time_left.saturating_sub(took);
            let context = RetryContext { attempts, outcome, repeat_is_safe, time_left, jitter };
            let Decision::Retry { after } = decide(&policy, &context) else { break };
            time_left = time_left.checked_sub(after).expect("it waits no longer than is time_left");
            assert!(!time_left.is_zero(), "there is time for the attempt");
        }
        assert!(attempts <= policy.max_attempts.max(1));
    });
}

/// What makes a context worse in one respect.
fn worse(context: RetryContext, policy: &RetryPolicy) -> Vec<(RetryContext, RetryPolicy)> {
    let policy = policy.clone();
    vec![
        (RetryContext { attempts: context.attempts.saturating_add(1), ..context }, policy.clone()),
        (RetryContext { repeat_is_safe: false, ..context }, policy.clone()),
        (RetryContext { time_left: context.time_left / 2, ..context }, policy.clone()),
        (RetryContext { outcome: AttemptOutcome::Final, ..context }, policy.clone()),
        (context, RetryPolicy { max_attempts: policy.max_attempts / 2, ..policy.clone() }),
        (context, RetryPolicy { max_retry_after: policy.max_retry_after / 2, ..policy }),
    ]
}

#[test]
fn a_call_that_is_not_retried_is_not_retried_under_worse_conditions() {
    // The backoff grows with the attempts. A maximum of zero keeps it out of the decision.
    let policies =
        policy().prop_map(|policy| RetryPolicy { max_backoff: Duration::ZERO, ..policy });
    holds_for_every(CASES, (policies, context()), |(policy, context)| {
        if let Decision::Stop(_) = decide(&policy, &context) {
            for (context, policy) in worse(context, &policy) {
                let decision = decide(&policy, &context);
                assert!(matches!(decision, Decision::Stop(_)), "{context:?}: {decision:?}");
            }
        }
    });
}

#[test]
fn a_larger_random_value_is_not_a_shorter_pause() {
    holds_for_every(CASES, (policy(), context(), any::<u32>()), |(policy, context, jitter)| {
        let later = RetryContext { jitter: context.jitter.max(jitter), ..context };
        match (decide(&policy, &context), decide(&policy, &later)) {
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
