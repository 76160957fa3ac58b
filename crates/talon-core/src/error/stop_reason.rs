//! Reasons to stop retrying.

use std::fmt;

/// Why a failed call was not retried, or not retried again.
///
/// `Display` writes a clause: `no attempt is left`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StopReason {
    /// A retry would fail in the same way: after a refusal, a reply of an unexpected form, or a
    /// request that cannot be encoded.
    Final,
    /// The change may have been applied, and a retry could apply it twice.
    RepeatUnsafe,
    /// The maximum number of attempts was made; one, when retries are disabled.
    AttemptsUsedUp,
    /// The deadline has passed, or would pass before the next attempt.
    Deadline,
    /// The service asks for a longer wait than the policy allows.
    WaitTooLong,
    /// The retry budget is empty: many calls failed recently, and retries would add load.
    BudgetSpent,
}

impl fmt::Display for StopReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Final => "a repeat would not help",
            Self::RepeatUnsafe => "a repeat might apply it twice",
            Self::AttemptsUsedUp => "no attempt is left",
            Self::Deadline => "no time is left",
            Self::WaitTooLong => "the service asks for a longer wait than allowed",
            Self::BudgetSpent => "too many calls failed recently",
        })
    }
}
