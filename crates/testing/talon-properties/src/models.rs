//! Models from arbitrary JSON.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use talon_core::{for_each_effect, for_each_model};

use crate::json::assert_private_names_are_ordinary;
use crate::text::with_replaced_surrogates;

/// Passes the values that models consist of to a macro, as [`talon_core::for_each_model!`] does.
#[macro_export]
macro_rules! for_each_value {
    ($callback:ident) => {
        $callback! {
            value {
                AccountId, AchievementId, Amount, ApplicationId, Attributes, AudienceId, CampaignId, CatalogId,
                CouponCode, CouponId, EventId, EventIntegrationId, LoyaltyCardIdentifier,
                LoyaltyProgramId, ProfileId, RawJson, ReferralCode, ReferralId, RulesetId,
                SessionId, Timestamp,
            }
        }
    };
}

/// All types of the lists, for the scopes that use their macros.
pub mod all {
    pub use talon_core::effect::*;
    pub use talon_core::model::*;
    pub use talon_core::{
        AccountId, AchievementId, Amount, ApplicationId, Attributes, AudienceId, CampaignId,
        CatalogId, CouponCode, CouponId, EventId, EventIntegrationId, LoyaltyCardIdentifier,
        LoyaltyProgramId, ProfileId, RawJson, ReferralCode, ReferralId, RulesetId, SessionId,
        Timestamp,
    };
}

/// A decoded model of a noun can be encoded and decoded again to an equal value. The codec and
/// serde_json agree, and private names of serde_json in the data are ordinary names.
///
/// The first line is the noun, the rest is JSON. Other input is ignored. The noun `effect` has the
/// effects and the props of each type, `value` the values that models consist of.
///
/// # Panics
/// When the property does not hold.
pub fn check(input: &[u8]) {
    let end = input.iter().position(|byte| *byte == b'\n').unwrap_or(input.len());
    let (noun, json) = input.split_at(end);
    if let Ok(noun) = str::from_utf8(noun) {
        nouns::check_noun(noun, json);
        effects::check_noun(noun, json);
        values::check_noun(noun, json);
    }
}

macro_rules! nouns {
    ($( $noun:ident { $( $model:ident, )+ } )+) => {
        pub(super) fn check_noun(noun: &str, json: &[u8]) {
            match noun {
                $( stringify!($noun) => { $( super::assert_round_trips::<super::all::$model>(json); )+ } )+
                _ => {}
            }
        }
    };
}

mod nouns {
    super::for_each_model!(nouns);
}

mod effects {
    macro_rules! effects {
        ($( $(#[$doc:meta])* $props:ident = $name:literal [ $( $prop:literal ),* ], )+) => {
            nouns! { effect { DiscountScope, Effect, EventEffect, $( $props, )+ } }
        };
    }
    super::for_each_effect!(effects);
}

mod values {
    for_each_value!(nouns);
}

fn assert_round_trips<T>(json: &[u8])
where
    T: DeserializeOwned + Serialize + PartialEq + Debug,
{
    let json = &with_replaced_surrogates(json)[..];
    assert_private_names_are_ordinary::<T>(json);
    let read = serde_json::from_slice::<T>(json);
    assert_eq!(talon_core::json::from_slice(json).ok().as_ref(), read.as_ref().ok());
    // serde_json alone, also for what asks it for text and decodes that with the codec.
    assert_eq!(talon_json::from_slice_compact(json).ok().as_ref(), read.as_ref().ok());
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
