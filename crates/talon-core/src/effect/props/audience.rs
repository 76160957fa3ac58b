//! Audiences.

use super::props;
use crate::{AudienceId, ProfileId};

props! {
    /// Props of `addToAudience`. Schema `AddToAudienceEffectProps`.
    AddToAudience {
        ;
        /// The audience.
        audience_id: AudienceId,
        /// Its name.
        audience_name: String,
        /// Integration id of the profile.
        profile_integration_id: ProfileId,
        /// Id that the service assigned to the profile.
        profile_id: i64,
    }

    /// Props of `removeFromAudience`. Schema `RemoveFromAudienceEffectProps`.
    RemoveFromAudience {
        ;
        /// The audience.
        audience_id: AudienceId,
        /// Its name.
        audience_name: String,
        /// Integration id of the profile.
        profile_integration_id: ProfileId,
        /// Id that the service assigned to the profile.
        profile_id: i64,
    }
}
