//! Models, whatever their JSON.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;
use talon_core::{for_each_effect, for_each_model};

use crate::json::knows_no_private_name;
use crate::text::with_whole_characters;

/// Hands the values that models are made of to a macro, as [`talon_core::for_each_model!`] does.
#[macro_export]
macro_rules! for_each_value {
    ($callback:ident) => {
        $callback! {
            value {
                AccountId, AchievementId, Amount, ApplicationId, Attributes, AudienceId, CampaignId,
                CouponCode, CouponId, EventId, EventIntegrationId, LoyaltyCardIdentifier,
                LoyaltyProgramId, ProfileId, RawJson, ReferralCode, ReferralId, RulesetId,
                SessionId, Timestamp,
            }
        }
    };
}

/// Every type of the lists, to be imported where their macros are used.
pub mod all {
    pub use talon_core::effect::*;
    pub use talon_core::model::*;
    pub use talon_core::{
        AccountId, AchievementId, Amount, ApplicationId, Attributes, AudienceId, CampaignId,
        CouponCode, CouponId, EventId, EventIntegrationId, LoyaltyCardIdentifier, LoyaltyProgramId,
        ProfileId, RawJson, ReferralCode, ReferralId, RulesetId, SessionId, Timestamp,
    };
}

/// What any model of a noun reads from JSON, it writes, and reads as the same again; the codec of
/// operations makes the same of it as serde_json, and neither takes a private name of serde_json in
/// data for code.
///
/// The first line names the noun, the JSON follows; what names none is passed over. `effect` has the
/// effects and the props of each type, `value` what models are made of.
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
                $( stringify!($noun) => { $( super::survives::<super::all::$model>(json); )+ } )+
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
