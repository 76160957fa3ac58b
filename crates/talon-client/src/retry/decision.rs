//! The retry decision, a pure function.

use std::time::Duration;

use talon_core::StopReason;

use super::{RetryPolicy, backoff};

/// Result of a failed attempt, as far as it matters for a retry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AttemptOutcome {
    /// The request was not sent.
    NotSent,
    /// The request was refused or dropped before the service processed it.
    Unprocessed,
    /// The service may have applied the request.
    Unknown,
    /// The service processed nothing and can be retried later.
    Busy {
        /// Value of `Retry-After`.
        retry_after: Option<Duration>,
    },
    /// A retry would have the same result.
    Final,
}

/// Input of [`decide`], in addition to the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryContext {
    /// Attempts so far, at least 1.
    pub attempts: u32,
    /// Result of the last attempt.
    pub outcome: AttemptOutcome,
    /// Whether applying the request twice is harmless.
    pub repeat_is_safe: bool,
    /// Time left until the deadline of the call; [`Duration::MAX`] when it has none.
    pub time_left: Duration,
    /// A uniformly distributed random number, which selects the pause.
    pub jitter: u32,
}

/// Whether there is a further attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Retry after a pause.
    Retry {
        /// Length of the pause, less than [`RetryContext::time_left`].
        after: Duration,
    },
    /// Return the error, with the reason.
    Stop(StopReason),
}

/// Decides whether to retry. The result depends only on the arguments.
///
/// ```
/// use std::time::Duration;
/// use talon_client::retry::{Decision, AttemptOutcome, RetryContext, decide};
/// use talon_client::RetryPolicy;
/// use talon_core::StopReason;
///
/// let lost_event = RetryContext {
///     attempts: 1,
///     outcome: AttemptOutcome::Unknown,
///     repeat_is_safe: false,
///     time_left: Duration::from_secs(4),
///     jitter: 0,
/// };
/// let decision = decide(&RetryPolicy::default(), &lost_event);
/// assert_eq!(decision, Decision::Stop(StopReason::RepeatUnsafe));
/// ```
pub fn decide(policy: &RetryPolicy, context: &RetryContext) -> Decision {
    let retry_after = match context.outcome {
        AttemptOutcome::Final => return Decision::Stop(StopReason::Final),
        _ if context.attempts >= policy.max_attempts => {
            return Decision::Stop(StopReason::AttemptsUsedUp);
        }
        AttemptOutcome::Unknown if !context.repeat_is_safe => {
            return Decision::Stop(StopReason::RepeatUnsafe);
        }
        AttemptOutcome::Busy { retry_after } => retry_after.unwrap_or_default(),
        AttemptOutcome::NotSent | AttemptOutcome::Unprocessed | AttemptOutcome::Unknown => {
            Duration::ZERO
        }
    };
    if retry_after > policy.max_retry_after {
        return Decision::Stop(StopReason::WaitTooLong);
    }
    // Jitter also spreads callers that got the same `Retry-After`.
    let pause = backoff::pause(policy, context.attempts, context.jitter);
    let after = retry_after.saturating_add(pause);
    if after >= context.time_left {
        return Decision::Stop(StopReason::Deadline);
    }
    Decision::Retry { after }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use AttemptOutcome::{Busy, Final, NotSent, Unknown, Unprocessed};
    use StopReason::{AttemptsUsedUp, Deadline, RepeatUnsafe, WaitTooLong};

    const fn ms(millis: u64) -> Duration {
        Duration::from_millis(millis)
    }

    const fn asking(millis: u64) -> AttemptOutcome {
        Busy { retry_after: Some(ms(millis)) }
    }

    /// A jitter that chooses half of the longest pause.
    const HALF: u32 = 1 << 31;
    const AT_LEAST: AttemptOutcome = Busy { retry_after: None };
    const SAFE: bool = true;
    const UNSAFE: bool = false;

    const fn retry(millis: u64) -> Decision {
        Decision::Retry { after: ms(millis) }
    }

    const fn stop(reason: StopReason) -> Decision {
        Decision::Stop(reason)
    }

    /// One row per rule: attempts, outcome, safety, milliseconds time_left, decision.
    const TABLE: &[(u32, AttemptOutcome, bool, u64, Decision)] = &[
        // Nothing was sent: always.
        (1, NotSent, SAFE, 5000, retry(50)),
        (1, NotSent, UNSAFE, 5000, retry(50)),
        // It was refused unprocessed: always, within the attempts and the deadline.
        (1, Unprocessed, SAFE, 5000, retry(50)),
        (1, Unprocessed, UNSAFE, 5000, retry(50)),
        (3, Unprocessed, UNSAFE, 5000, stop(AttemptsUsedUp)),
        (1, Unprocessed, UNSAFE, 50, stop(Deadline)),
        // The pause grows.
        (2, NotSent, UNSAFE, 5000, retry(100)),
        // The reply was lost: only what is safe.
        (1, Unknown, SAFE, 5000, retry(50)),
        (1, Unknown, UNSAFE, 5000, stop(RepeatUnsafe)),
        // The service did nothing: always, when it says so or after the usual pause.
        (1, AT_LEAST, SAFE, 5000, retry(50)),
        (1, AT_LEAST, UNSAFE, 5000, retry(50)),
        (1, asking(0), UNSAFE, 5000, retry(50)),
        (1, asking(1000), UNSAFE, 5000, retry(1050)),
        // No longer than allowed.
        (1, asking(2000), SAFE, 5000, retry(2050)),
        (1, asking(2001), SAFE, 5000, stop(WaitTooLong)),
        (1, Busy { retry_after: Some(Duration::MAX) }, SAFE, 5000, stop(WaitTooLong)),
        // Refused for good.
        (1, Final, SAFE, 5000, stop(StopReason::Final)),
        (3, Final, UNSAFE, 5000, stop(StopReason::Final)),
        // No more attempts than allowed.
        (3, NotSent, SAFE, 5000, stop(AttemptsUsedUp)),
        (3, Unknown, UNSAFE, 5000, stop(AttemptsUsedUp)),
        (4, asking(9000), SAFE, 5000, stop(AttemptsUsedUp)),
        // No pause that the deadline would end.
        (1, NotSent, SAFE, 51, retry(50)),
        (1, NotSent, SAFE, 50, stop(Deadline)),
        (1, Unknown, SAFE, 0, stop(Deadline)),
        (1, asking(1000), SAFE, 1000, stop(Deadline)),
    ];

    #[test]
    fn every_rule_holds() {
        for &(attempts, outcome, repeat_is_safe, time_left, decision) in TABLE {
            let context = RetryContext {
                attempts,
                outcome,
                repeat_is_safe,
                time_left: ms(time_left),
                jitter: HALF,
            };

            assert_eq!(decide(&RetryPolicy::default(), &context), decision, "{context:?}");
        }
    }

    #[test]
    fn without_retries_the_first_attempt_is_the_last() {
        for max_attempts in [0, 1] {
            let policy = RetryPolicy { max_attempts, ..RetryPolicy::default() };
            for outcome in [NotSent, Unprocessed, Unknown, AT_LEAST, asking(0)] {
                let context = RetryContext {
                    attempts: 1,
                    outcome,
                    repeat_is_safe: true,
                    time_left: Duration::MAX,
                    jitter: 0,
                };

                assert_eq!(decide(&policy, &context), stop(AttemptsUsedUp));
            }
        }
    }

    fn any_outcome() -> impl Strategy<Value = AttemptOutcome> {
        prop_oneof![
            Just(NotSent),
            Just(Unprocessed),
            Just(Unknown),
            Just(Final),
            any::<Option<Duration>>().prop_map(|retry_after| Busy { retry_after }),
        ]
    }

    prop_compose! {
        fn any_context()(
            attempts in 1..10_u32,
            outcome in any_outcome(),
            repeat_is_safe: bool,
            time_left: Duration,
            jitter: u32,
        ) -> RetryContext {
            RetryContext { attempts, outcome, repeat_is_safe, time_left, jitter }
        }
    }

    prop_compose! {
        fn any_policy()(
            max_attempts in 0..10_u32,
            initial_backoff: Duration,
            max_backoff: Duration,
            max_retry_after: Duration,
        ) -> RetryPolicy {
            RetryPolicy { max_attempts, initial_backoff, max_backoff, max_retry_after }
        }
    }

    proptest! {
        #[test]
        fn no_policy_retries_an_unsafe_request_that_may_have_been_applied(
            policy in any_policy(),
            mut context in any_context(),
        ) {
            context.outcome = Unknown;
            context.repeat_is_safe = false;

            prop_assert!(matches!(decide(&policy, &context), Decision::Stop(_)));
        }

        #[test]
        fn no_decision_exceeds_its_policy(policy in any_policy(), context in any_context()) {
            if let Decision::Retry { after } = decide(&policy, &context) {
                prop_assert!(after < context.time_left);
                prop_assert!(after <= policy.max_retry_after.saturating_add(policy.max_backoff));
                prop_assert!(context.attempts < policy.max_attempts);
                prop_assert_ne!(context.outcome, Final);
            }
        }
    }
}
