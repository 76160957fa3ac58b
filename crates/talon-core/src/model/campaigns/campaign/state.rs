//! Where a campaign stands.

use crate::wire::open_enum;

open_enum! {
    /// Whether a campaign is in use.
    pub enum CampaignState {
        /// Evaluated between its times; the default.
        Enabled = "enabled",
        /// Not evaluated.
        Disabled = "disabled",
        /// Not evaluated, and put away.
        Archived = "archived",
    }
}

open_enum! {
    /// Where a campaign stands, its times considered.
    pub enum CampaignFrontendState {
        /// Over.
        Expired = "expired",
        /// Not begun.
        Scheduled = "scheduled",
        /// Evaluated now.
        Running = "running",
        /// Switched off.
        Disabled = "disabled",
        /// Put away.
        Archived = "archived",
        /// Evaluated for keys for staging.
        Staged = "staged",
    }
}

open_enum! {
    /// Where the revision of a campaign stands.
    pub enum CampaignRevisionState {
        /// Changes were made.
        Revised = "revised",
        /// Changes wait.
        Pending = "pending",
    }
}
