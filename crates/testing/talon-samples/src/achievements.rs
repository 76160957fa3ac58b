//! Achievements.

use talon_core::prelude::*;

use crate::Sample;

impl Sample for GetCustomerAchievements {
    fn sample(id: &str) -> Self {
        Self::new(id).achievement_ids([1]).achievement_status(["active"])
    }

    fn refused() -> Vec<Self> {
        vec![
            Self::new("unknown"),
            Self::new(""),
            Self::new("anna").achievement_status(["over"]),
            Self::new("anna").progress_status(["expired"]),
            Self::new("anna").page_size(0),
        ]
    }
}

impl Sample for GetCustomerAchievementHistory {
    fn sample(id: &str) -> Self {
        Self::new(id, 1).progress_status(["inprogress", "completed"])
    }

    fn refused() -> Vec<Self> {
        vec![
            Self::new("unknown", 1),
            Self::new("", 1),
            Self::new("anna", 1).progress_status(["not_started"]),
            Self::new("anna", 1).skip(-1),
        ]
    }
}
