//! Effects of V2: the members that all types have.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use talon_json::RawText;
use talon_json::protocol::{FlagSeed, ask_speculative};

use super::EffectKind;
use super::group_mode::EvaluationGroupMode;
use super::kind::EffectType;
use crate::{Amount, CampaignId, CouponId, RulesetId};

mod reading;

use reading::{Loose, Props, Reading, Speculative};

/// Declares the envelope: its members by field, type and wire name, once.
///
/// Expands to the struct, a `Serialize`, and a `Deserialize` that accepts unknown types, and props and
/// members of other types.
macro_rules! envelope {
    (
        $(#[$doc:meta])*
        pub struct Effect {
            required {
                $( $(#[$req_doc:meta])* $req:ident: $req_type:ty = $req_name:literal or $none:expr, )+
            }
            optional { $( $(#[$opt_doc:meta])* $opt:ident: $opt_type:ty = $opt_name:literal, )+ }
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct Effect {
            $( $(#[$req_doc])* pub $req: $req_type, )+
            /// Type and props: `effectType` and `props`.
            pub kind: EffectKind,
            $( $(#[$opt_doc])* pub $opt: Option<$opt_type>, )+
        }

        impl Effect {
            /// An effect of the rule at these coordinates.
            pub fn new($( $req: impl Into<$req_type>, )+ kind: impl Into<EffectKind>) -> Self {
                Self { $( $req: $req.into(), )+ kind: kind.into(), $( $opt: None, )+ }
            }
        }

        #[derive(serde::Deserialize)]
        #[serde(field_identifier)]
        #[allow(non_camel_case_types, reason = "named after the fields they stand for")]
        enum Member {
            $( #[serde(rename = $req_name)] $req, )+
            $( #[serde(rename = $opt_name)] $opt, )+
            #[serde(rename = "effectType")]
            EffectType,
            #[serde(rename = "props")]
            Props,
            #[serde(other)]
            Other,
        }

        impl<'de, R: Reading> Visitor<'de> for EffectVisitor<R> {
            type Value = Effect;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an effect")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Effect, A::Error> {
                $( let mut $req = None; )+
                $( let mut $opt = None; )+
                let mut effect_type = None::<EffectType>;
                let mut props = Props::Raw(RawText::default());
                while let Some(member) = map.next_key()? {
                    match member {
                        $( Member::$req => $req = R::required(&mut map)?, )+
                        $( Member::$opt => $opt = R::optional(&mut map)?, )+
                        Member::EffectType => effect_type = R::required(&mut map)?,
                        Member::Props => props = R::props(&mut map, effect_type.as_ref())?,
                        Member::Other => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                let effect_type = effect_type.unwrap_or_else(EffectType::none);
                let kind = match props {
                    Props::Known(kind) if kind.effect_type() == effect_type.as_str() => kind,
                    Props::Known(_) => return Err(A::Error::duplicate_field("effectType")),
                    Props::Raw(props) => {
                        EffectKind::read(&effect_type, props).map_err(A::Error::custom)?
                    }
                };
                Ok(Effect { $( $req: $req.unwrap_or($none), )+ kind, $( $opt, )+ })
            }
        }

        impl Effect {
            /// Keeps JSON that is not an effect.
            fn unreadable(whole: RawText<'_>) -> serde_json::Result<Self> {
                let kind = EffectKind::read(&EffectType::none(), whole)?;
                Ok(Self { $( $req: $none, )+ kind, $( $opt: None, )+ })
            }
        }

        impl Serialize for Effect {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let required = [$( $req_name, )+ "effectType", "props"].len();
                let optional = [$( self.$opt.is_some(), )+].into_iter().filter(|it| *it).count();
                let mut effect = serializer.serialize_struct("Effect", required + optional)?;
                $( effect.serialize_field($req_name, &self.$req)?; )+
                effect.serialize_field("effectType", self.kind.effect_type())?;
                $( match &self.$opt {
                    Some(value) => effect.serialize_field($opt_name, value)?,
                    None => effect.skip_field($opt_name)?,
                } )+
                effect.serialize_field("props", &self.kind)?;
                effect.end()
            }
        }

        #[cfg(feature = "proptest")]
        crate::arbitrary::from_fields!(Effect { $( $req, )+ kind, $( $opt, )+ });
    };
}

envelope! {
    /// An effect, and the rule that caused it.
    ///
    /// An effect without a campaign, such as the rejection of an unknown coupon, has the campaign −1.
    /// Any JSON can be decoded: a member that is absent, `null` or of another type is read as none,
    /// and a value that is not an object as an effect with an empty type and the value as its props.
    /// Schema `Effect`.
    ///
    /// ```
    /// use talon_core::effect::{Effect, EffectKind};
    ///
    /// fn what_to_do(effect: &Effect) -> String {
    ///     match &effect.kind {
    ///         EffectKind::SetDiscount(discount) => format!("take off {}", discount.value),
    ///         EffectKind::AcceptCoupon(coupon) => format!("tick {}", coupon.value),
    ///         // What a later version may name, or what this one cannot read.
    ///         EffectKind::Unrecognized(odd) => format!("log {}", odd.effect_type()),
    ///         other => format!("pass over {}", other.effect_type()),
    ///     }
    /// }
    ///
    /// let reply = r#"[
    ///     {"campaignId": 1, "rulesetId": 2, "ruleIndex": 0, "ruleName": "Ten off",
    ///      "effectType": "setDiscount", "props": {"name": "ten", "value": 9.95}},
    ///     {"campaignId": 1, "rulesetId": 2, "ruleIndex": 1, "ruleName": "Confetti",
    ///      "effectType": "throwConfetti", "props": {"colour": "red"}}
    /// ]"#;
    /// let effects: Vec<Effect> = serde_json::from_str(reply)?;
    /// let done: Vec<String> = effects.iter().map(what_to_do).collect();
    /// assert_eq!(done, ["take off 9.95", "log throwConfetti"]);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct Effect {
        required {
            /// Campaign of the rule; −1 for none.
            campaign_id: CampaignId = "campaignId" or CampaignId::NONE,
            /// Set of rules that was active in the campaign; −1 for none.
            ruleset_id: RulesetId = "rulesetId" or RulesetId::NONE,
            /// Position of the rule in the set, from 0; −1 for none.
            rule_index: i64 = "ruleIndex" or -1,
            /// Name of the rule; may be empty.
            rule_name: String = "ruleName" or String::new(),
        }
        optional {
            /// Experiment the campaign takes part in. Not in the API of June 2020.
            experiment_id: i64 = "experimentId",
            /// Coupon whose evaluation led to the effect. Not in the API of June 2020.
            triggered_by_coupon: CouponId = "triggeredByCoupon",
            /// Catalog item whose evaluation led to the effect. Not in the API of June 2020.
            triggered_for_catalog_item: i64 = "triggeredForCatalogItem",
            /// Position of the condition that led to the effect. Not in the API of June 2020.
            condition_index: i64 = "conditionIndex",
            /// Evaluation group of the campaign. Not in the API of June 2020.
            evaluation_group_id: i64 = "evaluationGroupID",
            /// How the group selects among its campaigns. Not in the API of June 2020.
            evaluation_group_mode: EvaluationGroupMode = "evaluationGroupMode",
            /// Revision of the campaign. Not in the API of June 2020.
            campaign_revision_id: i64 = "campaignRevisionId",
            /// Version of that revision. Not in the API of June 2020.
            campaign_revision_version_id: i64 = "campaignRevisionVersionId",
            /// Type of price the item was evaluated with. Not in the API of June 2020.
            selected_price_type: String = "selectedPriceType",
            /// Price the item was evaluated with. Not in the API of June 2020.
            selected_price: Amount = "selectedPrice",
            /// Price adjustment behind that price, a UUID. Not in the API of June 2020.
            adjustment_reference_id: String = "adjustmentReferenceId",
        }
    }
}

struct EffectVisitor<R>(PhantomData<R>);

impl<'de> Deserialize<'de> for Effect {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        ask_speculative(deserializer, EffectSeed)
    }
}

struct EffectSeed;

impl<'de> FlagSeed<'de> for EffectSeed {
    type Value = Effect;

    #[inline]
    fn read_set<D: Deserializer<'de>>(self, deserializer: D) -> Result<Effect, D::Error> {
        deserializer.deserialize_map(EffectVisitor::<Speculative>(PhantomData))
    }

    fn read_unset<D: Deserializer<'de>>(self, deserializer: D) -> Result<Effect, D::Error> {
        let whole = RawText::deserialize(deserializer)?;
        Effect::from_text(whole).map_err(D::Error::custom)
    }
}

impl Effect {
    /// Not generic, so that only one reader has code for all types of effects.
    fn from_text(whole: RawText<'_>) -> serde_json::Result<Self> {
        if let Some(effect) = talon_json::speculate(whole.get()) {
            return Ok(effect);
        }
        let mut reader = serde_json::Deserializer::from_str(whole.get());
        let effect = reader.deserialize_map(EffectVisitor::<Loose>(PhantomData));
        effect.or_else(|_| Self::unreadable(whole))
    }
}

#[cfg(test)]
mod tests;
