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
mod declare;
mod evaluation;
mod events;
mod loyalty;
mod profiles;
mod referrals;
mod sessions;

pub(crate) use declare::model;

/// Hands the list of models to a macro: `for_each_model!(callback)`.
///
/// Each entry is a noun of the API with the models of its module.
///
/// ```
/// macro_rules! count {
///     ($( $noun:ident { $( $model:ident, )+ } )+) => { [ $( [ $( stringify!($model) ),+ ].len() ),+ ] };
/// }
/// let models: usize = talon_core::for_each_model!(count).iter().sum();
///
/// assert!(models > 50);
/// ```
#[macro_export]
macro_rules! for_each_model {
    ($callback:ident) => {
        $callback! {
            achievements {
                AchievementActivationPolicy, AchievementProgress,
                AchievementProgressWithDefinition, AchievementRecurrencePolicy, AchievementStatus,
                CustomerAchievement,
            }
            campaigns {
                Campaign, CampaignBudget, CampaignEligibility, CampaignEligibilityDetails,
                CampaignEligibilityExperiment, CampaignEligibilityFailureDetails,
                CampaignFailureCode, CampaignFeature, CampaignFrontendState,
                CampaignRevisionState, CampaignState, CampaignType, LimitAction, LimitConfig,
                LimitEntity, LimitPeriod, RuleEligibility, RuleEligibilityFailureDetails,
                RuleFailureCode, RuleMetadataEligibility,
            }
            cards {
                LoyaltyCard, LoyaltyCardProfileRegistration, LoyaltyCardStatus,
            }
            coupons {
                CodeGeneratorSettings, Coupon, CouponReservations, CouponState, Giveaway,
            }
            evaluation {
                CouponRejection, CouponRejectionReason, EvaluationGroupMode, IntegrationRequest,
                IntegrationState, IntegrationStateV2, Meta, ReferralRejection,
                ReferralRejectionReason, ResponseContent, RuleFailureReason,
            }
            events {
                AdvancedEvent, Event, NewEvent,
            }
            loyalty {
                LedgerEntry, Loyalty, LoyaltyProgramBalance, LoyaltyProgramLedgers, Tier,
                TierDowngradePolicy,
            }
            profiles {
                AudienceMembership, CustomerInventory, CustomerProfile, CustomerProfileUpdate,
                LoyaltyMembership, NewCustomerProfile, ProfileAudiencesChanges, ReservedCustomers,
            }
            referrals {
                NewReferral, Referral,
            }
            sessions {
                AdditionalCost, CartItem, CartItemAdjustment, CustomerSession, CustomerSessionV2,
                ExperimentVariantAllocation, ItemReturn, NewCustomerSession, NewCustomerSessionV2,
                PriceDetail, Product, ReturnedCartItem, SessionState,
            }
        }
    };
}

macro_rules! export {
    ($( $noun:ident { $( $model:ident, )+ } )+) => { $( pub use $noun::{ $( $model ),+ }; )+ };
}
for_each_model!(export);
