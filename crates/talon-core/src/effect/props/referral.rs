//! Referrals.

use super::props;
use crate::effect::rejection::ReferralRejection;
use crate::{ReferralCode, ReferralId};

props! {
    /// Props of `acceptReferral`: the referral is valid. Schema `AcceptReferralEffectProps`.
    AcceptReferral {
        /// The code.
        value: ReferralCode,
    }

    /// Props of `rejectReferral`: the referral is not valid. Schema `RejectReferralEffectProps`.
    RejectReferral {
        /// The code, as in the request.
        value: ReferralCode,
        /// Reason of the rejection.
        rejection_reason: ReferralRejection,
        ;
        /// Position of the condition that failed. Not in the API of June 2020.
        condition_index: i64,
        /// Position of the effect that could not be applied. Not in the API of June 2020.
        effect_index: i64,
        /// Description of the reason. Not in the API of June 2020.
        details: String,
        /// Reason why the campaign was not evaluated. Not in the API of June 2020.
        campaign_exclusion_reason: String,
    }

    /// Props of `redeemReferral`. Schema `RedeemReferralEffectProps`.
    RedeemReferral {
        /// Id of the referral.
        id: ReferralId,
        /// The code.
        value: ReferralCode,
    }

    /// Props of `rollbackReferral`: the referral may be redeemed again. Schema
    /// `RollbackReferralEffectProps`.
    RollbackReferral {
        /// The code.
        value: ReferralCode,
    }

    /// Props of `referralCreated`. Schema `ReferralCreatedEffectProps`.
    ReferralCreated {
        /// The new code.
        value: ReferralCode,
    }
}
