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
        /// Who joined.
        profile_integration_id: ProfileId,
        /// The service's own id of that profile.
        profile_id: i64,
    }

    /// Props of `removeFromAudience`. Schema `RemoveFromAudienceEffectProps`.
    RemoveFromAudience {
        ;
        /// The audience.
        audience_id: AudienceId,
        /// Its name.
        audience_name: String,
        /// Who left.
        profile_integration_id: ProfileId,
        /// The service's own id of that profile.
        profile_id: i64,
    }
}
