//! Models: the JSON objects of requests and replies, such as sessions, profiles and coupons.
//!
//! # Versions of the API
//! The crate supports two versions of the API: the one published in June 2020, which some
//! installations still run, and the current one. Each model is the union of both. A member that the
//! older version does not know is optional, and its documentation says *Not in the API of June 2020*:
//! a service of that version neither sends it nor accepts it. V1 and V2 are generations of
//! operations, such as `updateCustomerSession` and `updateCustomerSessionV2`; both versions of the
//! API have both.
//!
//! # Building models
//! All fields are public, and all models can be built, for example in tests. A minor release may
//! add optional fields: end a literal with `..Default::default()`.
//!
//! # Absent, empty and `null`
//! In requests, an absent member and an empty one differ: `None` keeps a value, and
//! `Some(Vec::new())` clears it. In replies, a list that is always sent is a `Vec`; if it is missing
//! or `null`, it is read as empty.
//!
//! # Ids
//! An *integration id* is assigned by the shop, such as the id of a cart; other ids are assigned by
//! the service.

mod achievements;
mod audiences;
mod campaigns;
mod cards;
mod catalogs;
mod coupons;
mod declare;
mod evaluation;
mod events;
mod loyalty;
mod profiles;
mod referrals;
mod sessions;
mod setters;

pub(crate) use declare::{body_of_list, model};
pub(crate) use setters::setters;

/// Calls a macro with the list of all models: `for_each_model!(callback)`.
///
/// Each entry is a noun of the API and the models of its module.
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
                AchievementActivationPolicy, AchievementAvailability, AchievementHistoryPage,
                AchievementPage, AchievementProgress, AchievementProgressWithDefinition,
                AchievementRecurrencePolicy, AchievementStatus, AchievementStatusEntry,
                CampaignReference, CustomerAchievement, TimePoint,
            }
            audiences {
                Audience, AudienceChange, AudienceChangeAction, AudienceUpdate,
                CustomerProfileAudienceChanges, NewAudience,
            }
            campaigns {
                Campaign, CampaignBudget, CampaignEligibility, CampaignEligibilityDetails,
                CampaignEligibilityExperiment, CampaignEligibilityFailureDetails,
                CampaignFailureCode, CampaignFeature, CampaignFrontendState, CampaignRevisionState,
                CampaignState, CampaignType, IntegrationCampaign, IntegrationCampaignPage,
                LimitAction, LimitConfig, LimitEntity, LimitPeriod, RuleEligibility,
                RuleEligibilityFailureDetails, RuleFailureCode, RuleMetadata,
                RuleMetadataEligibility,
            }
            cards {
                LoyaltyCard, LoyaltyCardProfileRegistration, LoyaltyCardRegistration,
                LoyaltyCardStatus, NewLoyaltyCard,
            }
            catalogs {
                AddCatalogItem, AddPriceAdjustment, AudienceReference, BestPriorPriceRequest,
                Catalog, CatalogAction, CatalogFilter, CatalogFilterOperator, CatalogSync,
                InfluencingCampaign, NewPriceAdjustment, PatchCatalogItem, PatchCatalogItems,
                PriceAdjustmentDetails, PriceTarget, PriceTargetType, PriorPrice,
                PriorPriceMetadata, PriorPriceTarget, RemoveCatalogItem, RemoveCatalogItems,
                TimeframeEnd,
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
                AdvancedEvent, Event, NewEvent, NewEventV2, NewEventV3,
            }
            loyalty {
                ActivatedLoyaltyPoints, LedgerEntry, LedgerScope, Loyalty, LoyaltyBalance,
                LoyaltyBalanceWithTier, LoyaltyBalancesWithTiers, LoyaltyCardBalances,
                LoyaltyLedgerEntry, LoyaltyLedgerEntryFlags, LoyaltyPoints, LoyaltyPointsActivation,
                LoyaltyPointsPage, LoyaltyPointsStatus, LoyaltyProgramBalance,
                LoyaltyProgramLedgers, LoyaltyTransaction, LoyaltyTransactionOrigin,
                LoyaltyTransactionPage, LoyaltyTransactionType, LoyaltyTransactionsDeletion,
                PointsExpiryDate, PointsStartDate, ProjectedTier, Tier, TierDowngradePolicy,
            }
            profiles {
                AudienceMembership, CustomerInventory, CustomerProfile, CustomerProfileBatch,
                CustomerProfileBatchItem, CustomerProfileBatchReply, CustomerProfileState,
                CustomerProfileUpdate, LoyaltyMembership, NewCustomerProfile,
                ProfileAudiencesChanges, ReservedCustomers,
            }
            referrals {
                NewReferral, NewReferralBatch, Referral, ReferralList,
            }
            sessions {
                AdditionalCost, CartItem, CartItemAdjustment, CurrentSession, CustomerSession,
                CustomerSessionV2, ExperimentVariantAllocation, ItemReturn, NewCustomerSession,
                NewCustomerSessionV2, NewItemReturn, PriceDetail, Product, ReopenedSession,
                ReturnRequest, ReturnedCartItem, SessionState,
            }
        }
    };
}

macro_rules! export {
    ($( $noun:ident { $( $model:ident, )+ } )+) => { $( pub use $noun::{ $( $model ),+ }; )+ };
}
for_each_model!(export);
pub use catalogs::UnrecognizedCatalogAction;
