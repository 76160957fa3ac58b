//! Achievements.

mod achievement;
mod achievement_page;

pub use achievement::*;
pub use achievement_page::*;
