//! Names that most callers use: `use talon_core::prelude::*;`.
//!
//! Contains every request, the models that requests are made of, the two replies that hold effects,
//! values such as ids and amounts, and what callers match on: effects, rejections and errors. Other
//! models of replies are in [`model`](crate::model), and props of effects in
//! [`effect`](crate::effect).
//!
//! No name of the prelude is exported by the root of `talon-fake`, so tests can import all of both.

pub use crate::effect::{Effect, EffectKind};
pub use crate::model::{
    AddCatalogItem, AddPriceAdjustment, AdditionalCost, AudienceChange, AudienceUpdate,
    BestPriorPriceRequest, CartItem, CartItemAdjustment, CatalogAction, CatalogFilter, CatalogSync,
    CouponRejection, CouponReservations, CustomerProfileAudienceChanges, CustomerProfileBatch,
    CustomerProfileBatchItem, IntegrationRequest, IntegrationState, IntegrationStateV2,
    LoyaltyCardRegistration, LoyaltyCardStatus, LoyaltyPointsActivation, LoyaltyPointsStatus,
    LoyaltyTransactionOrigin, LoyaltyTransactionsDeletion, NewAudience, NewCustomerProfile,
    NewCustomerSession, NewCustomerSessionV2, NewEvent, NewEventV2, NewEventV3, NewLoyaltyCard,
    NewPriceAdjustment, NewReferral, NewReferralBatch, PatchCatalogItem, PatchCatalogItems,
    ProfileAudiencesChanges, ReferralRejection, RemoveCatalogItem, RemoveCatalogItems,
    ResponseContent, ReturnRequest, ReturnedCartItem, SessionState,
};
pub use crate::operations::*;
pub use crate::{
    Amount, Attributes, CouponCode, Error, ErrorKind, IntegrationApi, Operation, ProfileId,
    ReferralCode, RoundingMode, SessionId, Timestamp,
};
