//! Random numbers that are the same in every run.

use serde::{Deserialize, Serialize};

/// How much the state grows with each number.
const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

/// SplitMix64: a small generator with a published algorithm, so that a run can be predicted in any
/// language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// The generator after so many numbers.
    pub(crate) fn after(&self, numbers: u64) -> Self {
        Self(self.0.wrapping_add(STEP.wrapping_mul(numbers)))
    }

    /// True with this probability, from 0 to 1.
    pub(crate) fn happens(&mut self, probability: f64) -> bool {
        // Thirty-two bits are exact in a double and more than a probability needs.
        let part = u32::try_from(self.next() >> 32).unwrap_or(u32::MAX);
        f64::from(part) / (f64::from(u32::MAX) + 1.0) < probability
    }
}
