//! Where a campaign stands.

use crate::wire::open_enum;

open_enum! {
    /// Whether a campaign is in use.
    pub enum CampaignState {
        /// Evaluated between its start and its end. The default.
        Enabled = "enabled",
        /// Not evaluated.
        Disabled = "disabled",
        /// Archived: not evaluated.
        Archived = "archived",
    }
}

open_enum! {
    /// State of a campaign that takes its start and end into account.
    pub enum CampaignFrontendState {
        /// Ended.
        Expired = "expired",
        /// Not started.
        Scheduled = "scheduled",
        /// Evaluated now.
        Running = "running",
        /// Disabled.
        Disabled = "disabled",
        /// Archived.
        Archived = "archived",
        /// Evaluated for keys for staging.
        Staged = "staged",
    }
}

open_enum! {
    /// State of a campaign's revision.
    pub enum CampaignRevisionState {
        /// Changes were made.
        Revised = "revised",
        /// Changes are pending.
        Pending = "pending",
    }
}
