#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod amount;
pub mod api;
#[cfg(feature = "proptest")]
pub mod arbitrary;
mod attributes;
#[cfg(feature = "auth")]
pub mod auth;
#[cfg(feature = "server")]
pub mod dispatch;
#[cfg(feature = "document")]
pub mod document;
pub mod effect;
mod error;
mod id;
pub mod json;
mod lenient;
pub mod model;
mod open_enum;
pub mod operation;
pub mod operations;
mod raw_json;
mod timestamp;
mod tolerant;

pub use amount::{Amount, ParseAmountError};
#[cfg(feature = "mock")]
pub use api::MockIntegrationApi;
pub use api::{IntegrationApi, OPERATIONS};
pub use async_trait::async_trait;
pub use attributes::Attributes;
pub use error::{ApiError, Error, ErrorKind, Problem, ProblemSource, Result, StopReason};
pub use id::{
    AccountId, AchievementId, ApplicationId, AudienceId, CampaignId, CouponCode, CouponId, EventId,
    LoyaltyProgramId, ProfileId, ReferralCode, ReferralId, RulesetId, SessionId,
};
pub use open_enum::Unrecognized;
pub use operation::{Operation, OperationInfo};
pub use raw_json::RawJson;
pub use timestamp::{ParseTimestampError, Timestamp};
pub use tolerant::Tolerant;

/// What nearly every caller needs: `use talon_core::prelude::*;`.
pub mod prelude {
    pub use crate::effect::{Effect, EffectKind};
    pub use crate::model::*;
    pub use crate::operations::*;
    pub use crate::{
        Amount, Attributes, CouponCode, Error, ErrorKind, IntegrationApi, Operation, ProfileId,
        ReferralCode, SessionId, Timestamp,
    };
}
