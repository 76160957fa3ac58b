//! Capabilities of worlds in addition to the API.

use std::fmt;
use std::panic::resume_unwind;

/// A capability of a world in addition to the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Capability {
    /// A world starts with the campaigns, profiles and attributes that a case describes.
    Seed,
    /// A case moves the clock of the service.
    Clock,
    /// A case injects faults.
    Faults,
    /// A case reads stored data without a call of the API.
    Probe,
    /// Keys are checked, and a client with a wrong key exists.
    Keys,
    /// A case changes stored data.
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

/// The panic payload of a case that is skipped.
#[derive(Debug)]
pub(super) struct MissingCapability(pub(super) Capability);

/// Ends the running case, which is then reported as skipped.
pub(super) fn skip(missing: Capability) -> ! {
    // `panic!` would call the hook, which reports a failure.
    resume_unwind(Box::new(MissingCapability(missing)))
}
