//! Effects of V2: the members that all types have.

use std::fmt;

use serde::de::{
    Deserialize, DeserializeOwned, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor,
};
use serde::ser::{Serialize, SerializeMap, Serializer};
use talon_json::RawText;
use talon_json::protocol::{Flag, FlagSeed};

use super::EffectKind;
use super::group_mode::EvaluationGroupMode;
use super::kind::EffectType;
use crate::wire::lenient::from_any_type;
use crate::{Amount, CampaignId, CouponId, RulesetId};

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

        impl<'de> Visitor<'de> for EffectVisitor {
            type Value = Effect;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an effect")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Effect, A::Error> {
                $( let mut $req = None; )+
                $( let mut $opt = None; )+
                let mut effect_type = None::<EffectType>;
                let (mut kind, mut props) = (None::<EffectKind>, None::<RawText<'_>>);
                let is_speculative = self.is_speculative;
                while let Some(member) = map.next_key()? {
                    match member {
                        $( Member::$req if is_speculative => $req = Some(map.next_value()?), )+
                        $( Member::$opt if is_speculative => $opt = map.next_value()?, )+
                        Member::EffectType if is_speculative => effect_type = Some(map.next_value()?),
                        $( Member::$req => $req = read_loosely(&mut map)?, )+
                        $( Member::$opt => $opt = read_loosely(&mut map)?, )+
                        Member::EffectType => effect_type = read_loosely(&mut map)?,
                        Member::Props => match &effect_type {
                            Some(effect_type) if is_speculative => {
                                kind = Some(map.next_value_seed(effect_type)?);
                            }
                            _ => props = Some(map.next_value()?),
                        },
                        Member::Other => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                let effect_type = effect_type.unwrap_or_else(EffectType::none);
                let kind = match kind {
                    Some(kind) if kind.effect_type() == effect_type.as_str() => kind,
                    Some(_) => return Err(A::Error::duplicate_field("effectType")),
                    None => EffectKind::read(&effect_type, props.unwrap_or_default())?,
                };
                Ok(Effect { $( $req: $req.unwrap_or($none), )+ kind, $( $opt, )+ })
            }
        }

        impl Effect {
            /// Keeps JSON that is not an effect.
            fn unreadable<E: serde::de::Error>(whole: RawText<'_>) -> Result<Self, E> {
                let kind = EffectKind::read(&EffectType::none(), whole)?;
                Ok(Self { $( $req: $none, )+ kind, $( $opt: None, )+ })
            }
        }

        impl Serialize for Effect {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                $( map.serialize_entry($req_name, &self.$req)?; )+
                map.serialize_entry("effectType", self.kind.effect_type())?;
                $( if let Some(value) = &self.$opt { map.serialize_entry($opt_name, value)?; } )+
                map.serialize_entry("props", &self.kind)?;
                map.end()
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

/// Reads a member that may have another type; `None` when it cannot be converted.
fn read_loosely<'de, T: DeserializeOwned, A: MapAccess<'de>>(
    map: &mut A,
) -> Result<Option<T>, A::Error> {
    Ok(from_any_type(map.next_value::<RawText<'_>>()?.get()))
}

struct EffectVisitor {
    /// Whether members and props are read as their types say, or fail. Otherwise each is kept as
    /// raw text until it is known to fit.
    is_speculative: bool,
}

impl<'de> Deserialize<'de> for Effect {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Flag::SPECULATIVE.ask(deserializer, EffectSeed)
    }
}

struct EffectSeed;

impl<'de> FlagSeed<'de> for EffectSeed {
    type Value = Effect;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(
        self,
        is_speculative: bool,
        deserializer: D,
    ) -> Result<Effect, D::Error> {
        let visitor = EffectVisitor { is_speculative };
        if is_speculative {
            return deserializer.deserialize_map(visitor);
        }
        let whole = RawText::deserialize(deserializer)?;
        let effect = serde_json::Deserializer::from_str(whole.get()).deserialize_map(visitor);
        effect.or_else(|_| Effect::unreadable(whole))
    }
}

#[cfg(test)]
mod tests;
