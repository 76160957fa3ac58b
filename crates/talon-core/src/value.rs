//! Values in models: amounts, timestamps, ids and custom attributes.

pub(crate) mod amount;
mod attributes;
mod id;
pub(crate) mod timestamp;

pub use amount::{Amount, ConvertAmountError, ParseAmountError, RoundingMode};
pub use attributes::Attributes;
pub use id::{
    AccountId, AchievementId, ApplicationId, AudienceId, CampaignId, CatalogId, CouponCode,
    CouponId, EventId, EventIntegrationId, LoyaltyCardIdentifier, LoyaltyProgramId, ProfileId,
    ReferralCode, ReferralId, RulesetId, SessionId,
};
pub use timestamp::{ConvertTimestampError, ParseTimestampError, Timestamp};
