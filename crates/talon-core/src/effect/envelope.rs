//! The envelope around every effect of the V2 API.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::EffectKind;
use crate::{Amount, CampaignId, CouponId, RawJson, RulesetId};

/// Declares the envelope: its members by field, type and wire name, once.
///
/// Expands to the struct, a `Deserialize` that reads type and props together so that neither an
/// unknown type nor odd props cost the reply, and a `Serialize`.
macro_rules! envelope {
    (
        $(#[$doc:meta])*
        pub struct Effect {
            required { $( $(#[$req_doc:meta])* $req:ident: $req_type:ty = $req_name:literal, )+ }
            optional { $( $(#[$opt_doc:meta])* $opt:ident: $opt_type:ty = $opt_name:literal, )+ }
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct Effect {
            $( $(#[$req_doc])* pub $req: $req_type, )+
            /// What to do: `effectType` and `props`.
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
                let (mut effect_type, mut props) = (None::<String>, None::<RawJson>);
                while let Some(member) = map.next_key()? {
                    match member {
                        $( Member::$req => $req = Some(map.next_value()?), )+
                        $( Member::$opt => $opt = map.next_value()?, )+
                        Member::EffectType => effect_type = Some(map.next_value()?),
                        Member::Props => props = Some(map.next_value()?),
                        Member::Other => drop(map.next_value::<IgnoredAny>()?),
                    }
                }
                let effect_type = effect_type.ok_or_else(|| A::Error::missing_field("effectType"))?;
                let props = props.ok_or_else(|| A::Error::missing_field("props"))?;
                Ok(Effect {
                    $( $req: $req.ok_or_else(|| A::Error::missing_field($req_name))?, )+
                    kind: EffectKind::decode(&effect_type, props),
                    $( $opt, )+
                })
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
    /// One effect, and the rule it comes from.
    ///
    /// An effect that belongs to no campaign, such as the rejection of an unknown coupon, has
    /// campaign −1. Schema `Effect`.
    pub struct Effect {
        required {
            /// Campaign of the rule.
            campaign_id: CampaignId = "campaignId",
            /// Set of rules that was active in the campaign.
            ruleset_id: RulesetId = "rulesetId",
            /// Position of the rule in the set, from 0.
            rule_index: i64 = "ruleIndex",
            /// Name of the rule; may be empty.
            rule_name: String = "ruleName",
        }
        optional {
            /// Experiment the campaign takes part in. Today only.
            experiment_id: i64 = "experimentId",
            /// Coupon whose evaluation led to the effect. Today only.
            triggered_by_coupon: CouponId = "triggeredByCoupon",
            /// Catalog item whose evaluation led to the effect. Today only.
            triggered_for_catalog_item: i64 = "triggeredForCatalogItem",
            /// Position of the condition that led to the effect. Today only.
            condition_index: i64 = "conditionIndex",
            /// Evaluation group of the campaign. Today only.
            evaluation_group_id: i64 = "evaluationGroupID",
            /// How the group chooses among its campaigns. Today only.
            evaluation_group_mode: String = "evaluationGroupMode",
            /// Revision of the campaign. Today only.
            campaign_revision_id: i64 = "campaignRevisionId",
            /// Version of that revision. Today only.
            campaign_revision_version_id: i64 = "campaignRevisionVersionId",
            /// Type of price the item was evaluated with. Today only.
            selected_price_type: String = "selectedPriceType",
            /// Price the item was evaluated with. Today only.
            selected_price: Amount = "selectedPrice",
            /// Price adjustment behind that price, a UUID. Today only.
            adjustment_reference_id: String = "adjustmentReferenceId",
        }
    }
}

struct EffectVisitor;

impl<'de> Deserialize<'de> for Effect {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EffectVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::effect::{RejectCoupon, SetDiscount};

    fn effect(effect_type: &str, props: &str) -> Effect {
        let json = format!(
            r#"{{"campaignId":1,"rulesetId":2,"ruleIndex":0,"ruleName":"","props":{props},"effectType":"{effect_type}"}}"#
        );
        serde_json::from_str(&json).unwrap()
    }

    fn props_of(effect: &Effect) -> String {
        serde_json::to_string(&effect.kind).unwrap()
    }

    #[test]
    fn the_type_decides_how_props_are_read() {
        let rejected = effect("rejectCoupon", r#"{"value":"A","rejectionReason":"CouponExpired"}"#);

        let EffectKind::RejectCoupon(RejectCoupon { rejection_reason, .. }) = &rejected.kind else {
            panic!("{rejected:?}");
        };
        assert_eq!(*rejection_reason, "CouponExpired");
    }

    #[test]
    fn an_unknown_type_survives() {
        let unknown = effect("launchRocket", r#"{"to": [1.50, "moon"]}"#);

        assert_eq!(unknown.kind.effect_type(), "launchRocket");
        assert_eq!(props_of(&unknown), r#"{"to": [1.50, "moon"]}"#);
    }

    #[test]
    fn props_that_do_not_fit_survive_and_say_why() {
        let odd = effect("setDiscount", r#"{"name":"ten","value":"a lot"}"#);

        let EffectKind::Unrecognized(unrecognized) = &odd.kind else { panic!("{odd:?}") };
        assert!(unrecognized.mismatch().unwrap().starts_with("props.value: "));
        assert_eq!(props_of(&odd), r#"{"name":"ten","value":"a lot"}"#);
    }

    #[test]
    fn money_is_exact() {
        let ten = effect("setDiscount", r#"{"name":"10 %","value":9.999}"#);

        let EffectKind::SetDiscount(SetDiscount { value, .. }) = &ten.kind else { panic!() };
        assert_eq!(value.to_string(), "9.999");
    }
}
