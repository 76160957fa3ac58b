#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

// Documentation that macros pass to other crates links to this crate by its name.
extern crate self as talon_core;

pub mod api;
#[cfg(feature = "proptest")]
pub mod arbitrary;
#[cfg(feature = "auth")]
pub mod auth;
#[cfg(feature = "server")]
pub mod dispatch;
#[cfg(feature = "document")]
pub mod document;
pub mod effect;
mod error;
pub mod json;
pub mod model;
pub mod operation;
pub mod operations;
mod param;
pub mod prelude;
mod value;
mod wire;

#[cfg(feature = "mock")]
pub use api::MockIntegrationApi;
pub use api::{IntegrationApi, OPERATIONS};
pub use async_trait::async_trait;
pub use bytes;
pub use error::{
    ApiError, Error, ErrorBuilder, ErrorKind, Problem, ProblemSource, Result, StopReason,
};
pub use http;
pub use operation::{Operation, OperationInfo};
pub use value::{
    AccountId, AchievementId, Amount, ApplicationId, Attributes, AudienceId, CampaignId, CatalogId,
    ConvertAmountError, ConvertTimestampError, CouponCode, CouponId, EventId, EventIntegrationId,
    LoyaltyCardIdentifier, LoyaltyProgramId, ParseAmountError, ParseTimestampError, ProfileId,
    ReferralCode, ReferralId, RoundingMode, RulesetId, SessionId, Timestamp,
};
pub use wire::{KnownOrRaw, RawJson, Unrecognized};
