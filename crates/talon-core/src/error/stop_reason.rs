//! Why a call was not tried once more.

use std::fmt;

/// Why a failed call was not tried (once more).
///
/// Displays as a clause: `no attempt is left`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StopReason {
    /// A repeat would fail in the same way: a refusal, a reply of another kind, a request that
    /// cannot be written.
    Final,
    /// The change may have been applied, and a repeat might apply it twice.
    RepeatUnsafe,
    /// As many attempts were made as allowed; one, when retries are switched off.
    AttemptsUsedUp,
    /// The deadline has passed, or would have before the next attempt.
    Deadline,
    /// The service asks for a longer wait than allowed.
    WaitTooLong,
    /// Too many calls failed of late: more attempts would only add to the outage.
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
            Self::BudgetSpent => "too many calls failed of late",
        })
    }
}
