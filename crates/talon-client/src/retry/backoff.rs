//! Exponential backoff with full jitter.

use std::time::Duration;

use super::RetryPolicy;

/// The pause after `attempts` attempts: the share `jitter` / 2³² of the longest pause.
pub(super) fn pause(policy: &RetryPolicy, attempts: u32, jitter: u32) -> Duration {
    let max_pause = max_pause(policy, attempts);
    let nanos = u64::try_from(max_pause.as_nanos()).unwrap_or(u64::MAX);
    let share = (u128::from(nanos) * u128::from(jitter)) >> u32::BITS;
    Duration::from_nanos(u64::try_from(share).unwrap_or(u64::MAX))
}

fn max_pause(policy: &RetryPolicy, attempts: u32) -> Duration {
    let doublings = attempts.saturating_sub(1).min(31);
    policy.initial_backoff.saturating_mul(1 << doublings).min(policy.max_backoff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_pause_doubles_up_to_the_maximum() {
        let policy = RetryPolicy::default();

        let max_pause = [1, 2, 3, 4, 5, 6, u32::MAX].map(|attempts| max_pause(&policy, attempts));

        assert_eq!(
            max_pause.map(|pause| pause.as_millis()),
            [100, 200, 400, 800, 1000, 1000, 1000]
        );
    }

    #[test]
    fn chance_chooses_any_pause_up_to_the_longest() {
        let policy = RetryPolicy::default();

        let pauses = [0, u32::MAX / 2, u32::MAX].map(|jitter| pause(&policy, 1, jitter));

        assert_eq!(pauses.map(|pause| pause.as_millis()), [0, 49, 99]);
    }

    #[test]
    fn no_policy_is_too_long_to_count() {
        let longest = Duration::MAX;
        let policy = RetryPolicy {
            initial_backoff: longest,
            max_backoff: longest,
            ..RetryPolicy::default()
        };

        assert!(pause(&policy, u32::MAX, u32::MAX) > Duration::from_secs(1_000_000));
    }
}
