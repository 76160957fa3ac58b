//! Types of effects.

use std::marker::PhantomData;

use serde::de::DeserializeSeed;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use talon_json::{DecodeError, RawText};

#[allow(clippy::wildcard_imports, reason = "the list below names each of them")]
use super::props::*;
use crate::RawJson;
use crate::wire::{mismatch, open_enum::TextVisitor};

/// An effect of an unknown type, or with props that do not match the type.
///
/// A missing type is read as empty, missing props as `null`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnrecognizedEffect {
    effect_type: Box<str>,
    props: RawJson,
}

impl UnrecognizedEffect {
    pub(super) fn new(effect_type: &str, props: RawJson) -> Self {
        Self { effect_type: effect_type.into(), props }
    }

    /// Type of the effect, unchanged; may be empty.
    pub fn effect_type(&self) -> &str {
        &self.effect_type
    }

    /// Props of the effect, unchanged; in an event of V1, the array of its arguments.
    pub fn props(&self) -> &RawJson {
        &self.props
    }

    /// Location and reason of the mismatch between props and type, such as `props.value: …`; `None`
    /// for an unknown type.
    pub fn mismatch(&self) -> Option<String> {
        let error = EffectKind::mismatch(&self.effect_type, &self.props)?;
        Some(mismatch("props", &error))
    }
}

impl<'de> Deserialize<'de> for EffectType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor(PhantomData))
    }
}

/// Declares the effect types: variant, props, wire name, and the order of the props in V1 events.
macro_rules! effects {
    ($( $(#[$doc:meta])* $variant:ident = $name:literal [ $( $prop:literal ),* ], )+) => {
        /// Type of an effect, with its props.
        ///
        /// ```
        /// use talon_core::prelude::*;
        ///
        /// /// What a cart costs after the effects of a reply, and what the page says.
        /// fn apply(effects: &[Effect], mut total: Amount) -> (Amount, Vec<String>) {
        ///     let mut notes = Vec::new();
        ///     for effect in effects {
        ///         match &effect.kind {
        ///             EffectKind::SetDiscount(discount) => total -= discount.value,
        ///             EffectKind::RejectCoupon(coupon) => notes.push(coupon.value.to_string()),
        ///             // Also effects that are newer than this version.
        ///             other => notes.push(other.effect_type().to_owned()),
        ///         }
        ///     }
        ///     (total, notes)
        /// }
        ///
        /// let json = r#"{"effects": [
        ///     {"effectType": "setDiscount", "props": {"name": "10 %", "value": 2.5}},
        ///     {"effectType": "showConfetti", "props": {"seconds": 3}}]}"#;
        /// let reply: IntegrationStateV2 = serde_json::from_str(json)?;
        /// let (total, notes) = apply(&reply.effects, 25.into());
        /// assert_eq!((total, notes), (Amount::new(225, 1), vec!["showConfetti".to_owned()]));
        /// # Ok::<(), serde_json::Error>(())
        /// ```
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum EffectKind {
            $( $(#[$doc])* $variant($variant), )+
            /// Any other effect, unchanged.
            Unrecognized(UnrecognizedEffect),
        }

        impl EffectKind {
            /// Types that this version knows.
            pub const TYPES: &'static [&'static str] = &[ $( $name, )+ ];

            /// Name of the type in JSON, such as `setDiscount`.
            pub fn effect_type(&self) -> &str {
                match self {
                    $( Self::$variant(_) => $name, )+
                    Self::Unrecognized(effect) => &effect.effect_type,
                }
            }

            /// Decodes the props of an effect of this type, or keeps them unchanged.
            pub(crate) fn read(
                effect_type: &EffectType,
                props: RawText<'_>,
            ) -> serde_json::Result<Self> {
                let json = props.get().as_bytes();
                let known = match effect_type {
                    $( EffectType::$variant => talon_json::from_slice(json).ok().map(Self::$variant), )+
                    EffectType::Unrecognized(_) => None,
                };
                match known {
                    Some(kind) => Ok(kind),
                    None => {
                        let effect = UnrecognizedEffect::new(effect_type.as_str(), props.try_into()?);
                        Ok(Self::Unrecognized(effect))
                    }
                }
            }

            fn mismatch(effect_type: &str, props: &RawJson) -> Option<DecodeError> {
                match effect_type {
                    $( $name => talon_json::from_slice::<$variant>(props.get().as_bytes()).err(), )+
                    _ => None,
                }
            }

            /// Names of the props in the order in which a V1 event lists their values.
            pub(super) fn prop_order(effect_type: &str) -> Option<&'static [&'static str]> {
                match effect_type {
                    $( $name => Some(&[ $( $prop ),* ]), )+
                    _ => None,
                }
            }
        }

        impl<'de> DeserializeSeed<'de> for &EffectType {
            type Value = EffectKind;

            fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<EffectKind, D::Error> {
                match self {
                    $( EffectType::$variant => $variant::deserialize(deserializer).map(EffectKind::$variant), )+
                    EffectType::Unrecognized(name) => {
                        let props = RawJson::deserialize(deserializer)?;
                        Ok(EffectKind::Unrecognized(UnrecognizedEffect::new(name, props)))
                    }
                }
            }
        }

        /// The type alone: known ones are not copied.
        pub(crate) enum EffectType {
            $( $variant, )+
            Unrecognized(Box<str>),
        }

        impl EffectType {
            /// Of an effect that names no type.
            pub(crate) fn none() -> Self {
                Self::Unrecognized("".into())
            }

            pub(crate) fn as_str(&self) -> &str {
                match self {
                    $( Self::$variant => $name, )+
                    Self::Unrecognized(name) => name,
                }
            }
        }

        impl From<&str> for EffectType {
            fn from(name: &str) -> Self {
                match name {
                    $( $name => Self::$variant, )+
                    other => Self::Unrecognized(other.into()),
                }
            }
        }

        /// Writes the props alone.
        impl Serialize for EffectKind {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $( Self::$variant(props) => props.serialize(serializer), )+
                    Self::Unrecognized(effect) => effect.props.serialize(serializer),
                }
            }
        }

        $(
            impl From<$variant> for EffectKind {
                fn from(props: $variant) -> Self {
                    Self::$variant(props)
                }
            }
        )+

        #[cfg(feature = "proptest")]
        crate::arbitrary::from_variants!(EffectKind { $( $variant, )+ Unrecognized });
    };
}

/// Calls a macro with the list of effect types: `for_each_effect!(callback)`.
///
/// Each entry is `/// doc`, then `Props = "wireName" ["prop", …],`: the struct of its props in
/// [`effect`](crate::effect), the name of the type, and the order of the props in an event of V1.
#[macro_export]
macro_rules! for_each_effect {
    ($callback:ident) => {
        $callback! {
                /// A coupon is valid; redeemed when the session closes.
                AcceptCoupon = "acceptCoupon" ["value"],
                /// A coupon is not valid.
                RejectCoupon = "rejectCoupon" ["value", "rejectionReason"],
                /// A redemption was undone.
                RollbackCoupon = "rollbackCoupon" ["value"],
                /// A coupon was created.
                CouponCreated = "couponCreated" ["value", "profileId"],
                /// A coupon was reserved.
                ReserveCoupon = "reserveCoupon" ["couponValue", "profileIntegrationId", "isNewReservation"],
                /// A referral is valid; redeemed when the session closes.
                AcceptReferral = "acceptReferral" ["value"],
                /// A referral is not valid.
                RejectReferral = "rejectReferral" ["value", "rejectionReason"],
                /// A referral was redeemed.
                RedeemReferral = "redeemReferral" ["id", "value"],
                /// A referral's redemption was undone.
                RollbackReferral = "rollbackReferral" ["value"],
                /// A referral was created.
                ReferralCreated = "referralCreated" ["value"],
                /// Discount the session.
                SetDiscount = "setDiscount" ["name", "value"],
                /// Discount one cart item.
                SetDiscountPerItem = "setDiscountPerItem" ["name", "value", "position"],
                /// Discount one additional cost of the session.
                SetDiscountPerAdditionalCost = "setDiscountPerAdditionalCost"
                    ["name", "additionalCostId", "additionalCost", "value"],
                /// Discount one additional cost of a cart item.
                SetDiscountPerAdditionalCostPerItem = "setDiscountPerAdditionalCostPerItem"
                    ["name", "additionalCostId", "value", "position", "additionalCost"],
                /// A discount was undone.
                RollbackDiscount = "rollbackDiscount" ["name", "value"],
                /// Add an item for free.
                AddFreeItem = "addFreeItem" ["sku", "name"],
                /// Loyalty points are earned.
                AddLoyaltyPoints = "addLoyaltyPoints"
                    ["name", "programId", "subLedgerId", "value", "recipientIntegrationId", "expiryCondition"],
                /// Loyalty points are spent.
                DeductLoyaltyPoints = "deductLoyaltyPoints" ["ruleTitle", "programId", "subLedgerId", "value"],
                /// Earned points were taken back.
                RollbackAddedLoyaltyPoints = "rollbackAddedLoyaltyPoints"
                    ["programId", "subLedgerId", "value", "recipientIntegrationId"],
                /// Spent points were given back.
                RollbackDeductedLoyaltyPoints = "rollbackDeductedLoyaltyPoints"
                    ["programId", "subLedgerId", "value", "recipientIntegrationId"],
                /// A customer's tier changed.
                ChangeLoyaltyTierLevel = "changeLoyaltyTierLevel"
                    ["ruleTitle", "programId", "subLedgerId", "newTierName"],
                /// Points expire later than before.
                ExtendLoyaltyPointsExpiryDate = "extendLoyaltyPointsExpiryDate"
                    ["programId", "subLedgerId", "extensionDuration"],
                /// Points expire on another date.
                SetLoyaltyPointsExpiryDate = "setLoyaltyPointsExpiryDate"
                    ["programId", "subLedgerId", "newExpiryDate"],
                /// A giveaway is awarded.
                AwardGiveaway = "awardGiveaway"
                    ["poolId", "poolName", "recipientIntegrationId", "giveawayId", "code"],
                /// A giveaway will be awarded when the session closes.
                WillAwardGiveaway = "willAwardGiveaway" ["poolId", "poolName", "recipientIntegrationId"],
                /// Progress towards an achievement began.
                StartAchievementProgress = "startAchievementProgress"
                    ["achievementId", "achievementName", "progressTrackerId", "target", "startDate"],
                /// Progress towards an achievement was made.
                IncreaseAchievementProgress = "increaseAchievementProgress"
                    ["achievementId", "achievementName", "delta", "value", "target", "isJustCompleted"],
                /// Progress towards an achievement was undone.
                RollbackIncreasedAchievementProgress = "rollbackIncreasedAchievementProgress"
                    ["achievementId", "achievementName", "progressTrackerId", "decreaseProgressBy",
                    "currentProgress", "target"],
                /// A profile joined an audience.
                AddToAudience = "addToAudience" ["audienceId", "audienceName", "profileIntegrationId"],
                /// A profile left an audience.
                RemoveFromAudience = "removeFromAudience" ["audienceId", "audienceName", "profileIntegrationId"],
                /// Tell the customer something.
                ShowNotification = "showNotification" ["notificationType", "title", "body"],
                /// An attribute was changed.
                UpdateAttribute = "updateAttribute" ["path", "value"],
                /// A webhook was called.
                TriggerWebhook = "triggerWebhook" ["webhookId", "webhookName"],
                /// An effect that the shop and its rules define.
                CustomEffect = "customEffect" ["effectId", "name", "payload"],
                /// A rule failed while it ran.
                RuleError = "error" ["message"],
                /// Items form a bundle.
                ShowBundleMetadata = "showBundleMetadata" ["description", "bundleAttributes", "itemsIndices"],
        }
    };
}

for_each_effect!(effects);
