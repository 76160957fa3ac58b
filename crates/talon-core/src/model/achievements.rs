//! Achievements.

mod achievement;

pub use achievement::*;
