//! Giveaways.

use super::props;
use crate::ProfileId;

props! {
    /// Props of `awardGiveaway`, in closed sessions. Schema `AwardGiveawayEffectProps`.
    AwardGiveaway {
        /// Pool the giveaway comes from.
        pool_id: i64,
        /// Name of the pool.
        pool_name: String,
        /// Integration id of the recipient.
        recipient_integration_id: ProfileId,
        /// Id of the giveaway.
        giveaway_id: i64,
        /// The code awarded.
        code: String,
    }

    /// Props of `willAwardGiveaway`, while the session is not closed. Schema
    /// `WillAwardGiveawayEffectProps`.
    WillAwardGiveaway {
        /// Pool the giveaway will come from.
        pool_id: i64,
        /// Name of the pool.
        pool_name: String,
        /// Integration id of the recipient.
        recipient_integration_id: ProfileId,
    }
}
