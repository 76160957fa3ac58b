//! What travels: sessions, profiles, coupons, events and what they hold.
//!
//! Each type is the union of its schema of June 2020 and that of today. Members only today's
//! service sends or understands say *Today only* and are optional, so one type serves both.
//!
//! All fields are public and types can be built by hand, in tests for instance; a minor release may
//! add an optional field, so end a literal with `..Default::default()` where there is one.
//!
//! In requests an absent member and an empty one differ: `None` keeps a value, `Some(vec![])`
//! clears it. In replies a list that is always sent is a plain `Vec`; missing or `null`, it reads
//! as empty.

mod achievements;
mod campaigns;
mod cards;
mod coupons;
mod evaluation;
mod events;
mod loyalty;
mod profiles;
mod referrals;
mod sessions;

pub use achievements::{
    AchievementActivationPolicy, AchievementProgress, AchievementProgressWithDefinition,
    AchievementRecurrencePolicy, AchievementStatus, CustomerAchievement,
};
pub use campaigns::{
    Campaign, CampaignBudget, CampaignEligibility, CampaignEligibilityDetails,
    CampaignEligibilityExperiment, CampaignEligibilityFailureDetails, CampaignFailureCode,
    CampaignFeature, CampaignFrontendState, CampaignRevisionState, CampaignState, CampaignType,
    LimitAction, LimitConfig, LimitEntity, LimitPeriod, RuleEligibility,
    RuleEligibilityFailureDetails, RuleFailureCode, RuleMetadataEligibility,
};
pub use cards::{LoyaltyCard, LoyaltyCardProfileRegistration, LoyaltyCardStatus};
pub use coupons::{CodeGeneratorSettings, Coupon, CouponReservations, CouponState, Giveaway};
pub use evaluation::{
    CouponRejection, CouponRejectionReason, EvaluationGroupMode, IntegrationRequest,
    IntegrationState, IntegrationStateV2, Meta, ReferralRejection, ReferralRejectionReason,
    ResponseContent, RuleFailureReason,
};
pub use events::{AdvancedEvent, Event, NewEvent};
pub use loyalty::{
    LedgerEntry, Loyalty, LoyaltyProgramBalance, LoyaltyProgramLedgers, Tier, TierDowngradePolicy,
};
pub use profiles::{
    AudienceMembership, CustomerInventory, CustomerProfile, CustomerProfileUpdate,
    LoyaltyMembership, NewCustomerProfile, ProfileAudiencesChanges, ReservedCustomers,
};
pub use referrals::{NewReferral, Referral};
pub use sessions::{
    AdditionalCost, CartItem, CartItemAdjustment, CustomerSession, CustomerSessionV2,
    ExperimentVariantAllocation, ItemReturn, NewCustomerSession, NewCustomerSessionV2, PriceDetail,
    Product, ReturnedCartItem, SessionState,
};
