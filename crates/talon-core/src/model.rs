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

mod achievement;
mod campaign;
mod campaign_eligibility;
mod cart_item;
mod code_generator;
mod coupon;
mod event;
mod giveaway;
mod integration_state;
mod inventory;
mod item_return;
mod ledger_entry;
mod limit;
mod loyalty;
mod loyalty_card;
mod meta;
mod profile;
mod referral;
mod rejection;
mod rule_failure;
mod session;
mod session_v2;

pub use achievement::{
    AchievementActivationPolicy, AchievementProgress, AchievementProgressWithDefinition,
    AchievementRecurrencePolicy, AchievementStatus, CustomerAchievement,
};
pub use campaign::{
    Campaign, CampaignFeature, CampaignFrontendState, CampaignRevisionState, CampaignState,
    CampaignType,
};
pub use campaign_eligibility::{
    CampaignEligibility, CampaignEligibilityDetails, CampaignEligibilityExperiment,
    CampaignEligibilityFailureDetails, CampaignFailureCode, RuleEligibility,
    RuleEligibilityFailureDetails, RuleFailureCode, RuleMetadataEligibility,
};
pub use cart_item::{AdditionalCost, CartItem, CartItemAdjustment, PriceDetail, Product};
pub use code_generator::CodeGeneratorSettings;
pub use coupon::{Coupon, CouponReservations, CouponState};
pub use event::{AdvancedEvent, Event, NewEvent};
pub use giveaway::Giveaway;
pub use integration_state::{
    IntegrationRequest, IntegrationState, IntegrationStateV2, ResponseContent,
};
pub use inventory::{CustomerInventory, ReservedCustomers};
pub use item_return::{ItemReturn, ReturnedCartItem};
pub use ledger_entry::LedgerEntry;
pub use limit::{CampaignBudget, LimitAction, LimitConfig, LimitEntity, LimitPeriod};
pub use loyalty::{
    Loyalty, LoyaltyProgramBalance, LoyaltyProgramLedgers, Tier, TierDowngradePolicy,
};
pub use loyalty_card::{LoyaltyCard, LoyaltyCardProfileRegistration, LoyaltyCardStatus};
pub use meta::{CouponRejectionReason, Meta, ReferralRejectionReason};
pub use profile::{
    AudienceMembership, CustomerProfile, CustomerProfileUpdate, LoyaltyMembership,
    NewCustomerProfile, ProfileAudiencesChanges,
};
pub use referral::{NewReferral, Referral};
pub use rejection::{CouponRejection, ReferralRejection};
pub use rule_failure::{EvaluationGroupMode, RuleFailureReason};
pub use session::{CustomerSession, NewCustomerSession, SessionState};
pub use session_v2::{CustomerSessionV2, ExperimentVariantAllocation, NewCustomerSessionV2};
