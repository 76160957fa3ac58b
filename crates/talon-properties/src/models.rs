//! Models, whatever their JSON.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::json::knows_no_private_name;
use crate::text::with_whole_characters;

/// Calls a macro with every model by family: `families! { cart_item { CartItem, … } … }`.
///
/// A family is a module of `talon_core::model`; `effect` has the effects and the props of each
/// type, `scalar` what models are made of.
#[macro_export]
macro_rules! for_each_model {
    ($families:ident) => {
        $families! {
            achievement {
                AchievementActivationPolicy, AchievementProgress,
                AchievementProgressWithDefinition, AchievementRecurrencePolicy, AchievementStatus,
                CustomerAchievement,
            }
            campaign {
                Campaign, CampaignFeature, CampaignFrontendState, CampaignRevisionState,
                CampaignState, CampaignType,
            }
            campaign_eligibility {
                CampaignEligibility, CampaignEligibilityDetails, CampaignEligibilityExperiment,
                CampaignEligibilityFailureDetails, CampaignFailureCode, RuleEligibility,
                RuleEligibilityFailureDetails, RuleFailureCode, RuleMetadataEligibility,
            }
            cart_item { AdditionalCost, CartItem, CartItemAdjustment, PriceDetail, Product, }
            code_generator { CodeGeneratorSettings, }
            coupon { Coupon, CouponReservations, CouponState, }
            event { AdvancedEvent, Event, NewEvent, }
            giveaway { Giveaway, }
            integration_state {
                IntegrationRequest, IntegrationState, IntegrationStateV2, ResponseContent,
            }
            inventory { CustomerInventory, ReservedCustomers, }
            item_return { ItemReturn, ReturnedCartItem, }
            ledger_entry { LedgerEntry, }
            limit { CampaignBudget, LimitAction, LimitConfig, LimitEntity, LimitPeriod, }
            loyalty {
                Loyalty, LoyaltyProgramBalance, LoyaltyProgramLedgers, Tier, TierDowngradePolicy,
            }
            loyalty_card { LoyaltyCard, LoyaltyCardProfileRegistration, LoyaltyCardStatus, }
            meta { CouponRejectionReason, Meta, ReferralRejectionReason, }
            profile {
                AudienceMembership, CustomerProfile, CustomerProfileUpdate, LoyaltyMembership,
                NewCustomerProfile, ProfileAudiencesChanges,
            }
            referral { NewReferral, Referral, }
            rejection { CouponRejection, ReferralRejection, }
            rule_failure { EvaluationGroupMode, RuleFailureReason, }
            session { CustomerSession, NewCustomerSession, SessionState, }
            session_v2 { CustomerSessionV2, ExperimentVariantAllocation, NewCustomerSessionV2, }
            effect {
                DiscountScope, Effect, EventEffect, AcceptCoupon, RejectCoupon, RollbackCoupon, CouponCreated,
                ReserveCoupon, AcceptReferral, RejectReferral, RedeemReferral, RollbackReferral,
                ReferralCreated, SetDiscount, SetDiscountPerItem, SetDiscountPerAdditionalCost,
                SetDiscountPerAdditionalCostPerItem, RollbackDiscount, AddFreeItem,
                AddLoyaltyPoints, DeductLoyaltyPoints, RollbackAddedLoyaltyPoints,
                RollbackDeductedLoyaltyPoints, ChangeLoyaltyTierLevel,
                ExtendLoyaltyPointsExpiryDate, SetLoyaltyPointsExpiryDate, AwardGiveaway,
                WillAwardGiveaway, StartAchievementProgress, IncreaseAchievementProgress,
                RollbackIncreasedAchievementProgress, AddToAudience, RemoveFromAudience,
                ShowNotification, UpdateAttribute, TriggerWebhook, CustomEffect, RuleError,
                ShowBundleMetadata,
            }
            scalar {
                AccountId, AchievementId, Amount, ApplicationId, Attributes, AudienceId,
                CampaignId, CouponCode, CouponId, EventId, LoyaltyProgramId, ProfileId, RawJson,
                ReferralCode, ReferralId, RulesetId, SessionId, Timestamp,
            }
        }
    };
}

/// Every type of [`for_each_model`], to be imported where the macro is used.
pub mod all {
    pub use talon_core::effect::*;
    pub use talon_core::model::*;
    pub use talon_core::{
        AccountId, AchievementId, Amount, ApplicationId, Attributes, AudienceId, CampaignId,
        CouponCode, CouponId, EventId, LoyaltyProgramId, ProfileId, RawJson, ReferralCode,
        ReferralId, RulesetId, SessionId, Timestamp,
    };
}

/// What any model of a family reads from JSON, it writes, and reads as the same again; the codec
/// of operations makes the same of it as serde_json, and neither takes a private name of serde_json
/// in data for code.
///
/// The first line names the family, the JSON follows; what names none is passed over.
///
/// # Panics
/// When the property does not hold.
pub fn check(input: &[u8]) {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
    let (family, json) = input.split_at(end);
    if let Ok(family) = str::from_utf8(family) {
        check_family(family, json);
    }
}

macro_rules! families {
    ($( $family:ident { $( $model:ident, )+ } )+) => {
        fn check_family(family: &str, json: &[u8]) {
            match family {
                $( stringify!($family) => { $( survives::<all::$model>(json); )+ } )+
                _ => {}
            }
        }
    };
}
for_each_model!(families);

fn survives<T>(json: &[u8])
where
    T: DeserializeOwned + Serialize + PartialEq + Debug,
{
    let json = &with_whole_characters(json)[..];
    knows_no_private_name::<T>(json);
    let read = serde_json::from_slice::<T>(json);
    assert_eq!(talon_core::json::from_slice(json).ok().as_ref(), read.as_ref().ok());
    let read = match read {
        Ok(read) => read,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    assert_eq!(talon_core::json::to_vec(&read).ok(), serde_json::to_vec(&read).ok());
    let written = serde_json::to_vec(&read).expect("what was read can be written");
    let again: T = serde_json::from_slice(&written).expect("what was written can be read");
    assert_eq!(again, read, "from {}", String::from_utf8_lossy(&written));
    let rewritten = serde_json::to_vec(&again).expect("what was read can be written");
    assert_eq!(rewritten, written, "{} changes", String::from_utf8_lossy(&written));
}
