//! What a world offers besides the API.

use std::fmt;
use std::panic::resume_unwind;

/// What a case may need of a world besides the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Capability {
    /// A world begins with the campaigns, profiles and attributes that a case describes.
    Seed,
    /// A case moves the clock of the service.
    Clock,
    /// A case plans faults.
    Faults,
    /// A case reads what is stored without a call of the API.
    Probe,
    /// Keys are checked, and there is one that is wrong.
    Keys,
    /// A case changes what the service stores.
    Write,
}

impl Capability {
    /// Every capability.
    pub const ALL: [Self; 6] =
        [Self::Seed, Self::Clock, Self::Faults, Self::Probe, Self::Keys, Self::Write];
}

impl fmt::Display for Capability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Seed => "seed",
            Self::Clock => "clock",
            Self::Faults => "faults",
            Self::Probe => "probe",
            Self::Keys => "keys",
            Self::Write => "write",
        })
    }
}

/// Ends a case because its world lacks something.
#[derive(Debug)]
pub(super) struct Lacking(pub(super) Capability);

/// Ends the case that runs, to be reported as skipped.
pub(super) fn skip(lacking: Capability) -> ! {
    // Not `panic!`, whose hook would report it as a failure.
    resume_unwind(Box::new(Lacking(lacking)))
}
