//! Effects of V1 events: nested arrays.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::ser::SerializeSeq as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};
use serde_json::value::RawValue;
use talon_json::protocol::Text;

use super::{EffectKind, UnrecognizedEffect};
use crate::{CampaignId, RawJson, RulesetId};

/// One element of an event's `effects`.
///
/// Its JSON is `[campaignId, rulesetId, ruleIndex, [name, argument, …]]`. The order of the arguments
/// is documented for few effects; for the others it is the order of their props.
///
/// ```
/// use talon_core::effect::{EffectKind, EventEffect};
///
/// let effect: EventEffect = serde_json::from_str(r#"[755,5352,0,["setDiscount","DISCOUNT",100]]"#)?;
/// let typed = effect.typed().expect("the documented form");
/// let EffectKind::SetDiscount(discount) = &typed.kind else { panic!("{typed:?}") };
/// assert_eq!(discount.value, 100.into());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(clippy::large_enum_variant, reason = "the large one is the rule")]
pub enum EventEffect {
    /// The documented form.
    Typed(TypedEventEffect),
    /// Any other form, unchanged.
    Raw(RawJson),
}

/// An effect of V1, and the rule that caused it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedEventEffect {
    /// Campaign of the rule; −1 for none.
    pub campaign_id: CampaignId,
    /// Set of rules that was active in the campaign; −1 for none.
    pub ruleset_id: RulesetId,
    /// Position of the rule in the set, from 0; −1 for none.
    pub rule_index: i64,
    /// Type and props.
    pub kind: EffectKind,
}

impl EventEffect {
    /// The effect, when it had the documented form.
    pub fn typed(&self) -> Option<&TypedEventEffect> {
        match self {
            Self::Typed(effect) => Some(effect),
            Self::Raw(_) => None,
        }
    }
}

impl From<TypedEventEffect> for EventEffect {
    fn from(effect: TypedEventEffect) -> Self {
        Self::Typed(effect)
    }
}

impl<'de> Deserialize<'de> for EventEffect {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = RawJson::deserialize(deserializer)?;
        let Ok((campaign_id, ruleset_id, rule_index, call)) =
            raw.decode::<(CampaignId, RulesetId, i64, Vec<RawJson>)>()
        else {
            return Ok(Self::Raw(raw));
        };
        let named =
            call.split_first().map(|(name, arguments)| (name.decode::<String>(), arguments));
        let Some((Ok(name), arguments)) = named else {
            return Ok(Self::Raw(raw));
        };
        let kind = read_call(&name, arguments).map_err(D::Error::custom)?;
        Ok(Self::Typed(TypedEventEffect { campaign_id, ruleset_id, rule_index, kind }))
    }
}

/// Decodes the arguments as props, or keeps them as an array.
fn read_call(name: &str, arguments: &[RawJson]) -> serde_json::Result<EffectKind> {
    let names = EffectKind::prop_order(name).filter(|names| names.len() == arguments.len());
    if let Some(names) = names {
        let props: BTreeMap<_, _> = names.iter().zip(arguments).collect();
        let kind = EffectKind::read(&name.into(), RawJson::from_serialize(&props)?.as_text())?;
        if !matches!(kind, EffectKind::Unrecognized(_)) {
            return Ok(kind);
        }
    }
    let arguments = RawJson::from_serialize(arguments)?;
    Ok(EffectKind::Unrecognized(UnrecognizedEffect::new(name, arguments)))
}

impl Serialize for EventEffect {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Typed(effect) => {
                let call = Call(&effect.kind);
                (effect.campaign_id, effect.ruleset_id, effect.rule_index, call)
                    .serialize(serializer)
            }
            Self::Raw(raw) => raw.serialize(serializer),
        }
    }
}

/// Name and arguments.
struct Call<'a>(&'a EffectKind);

impl Serialize for Call<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let name = self.0.effect_type();
        let props = RawJson::from_serialize(self.0).map_err(ser::Error::custom)?;
        let mut call = serializer.serialize_seq(None)?;
        call.serialize_element(name)?;
        let order = EffectKind::prop_order(name);
        let members = order.and_then(|_| props.decode::<BTreeMap<Text<'_>, &RawValue>>().ok());
        if let (Some(order), Some(members)) = (order, members) {
            for name in order {
                call.serialize_element(&members.get(&Text((*name).into())))?;
            }
        } else if let Ok(arguments) = props.decode::<Vec<&RawValue>>() {
            for argument in arguments {
                call.serialize_element(argument)?;
            }
        } else {
            call.serialize_element(&props)?;
        }
        call.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(text: &str) -> (EventEffect, String) {
        let effect: EventEffect = serde_json::from_str(text).unwrap();
        let again = serde_json::to_string(&effect).unwrap();
        (effect, again)
    }

    #[test]
    fn observed_effects_are_typed_and_survive() {
        for text in [
            r#"[1,2,0,["setDiscount","Free money",45.55]]"#,
            r#"[1,2,0,["acceptCoupon","mycode"]]"#,
        ] {
            let (effect, again) = through(text);

            assert!(!matches!(effect.typed().unwrap().kind, EffectKind::Unrecognized(_)), "{text}");
            assert_eq!(again, text);
        }
    }

    #[test]
    fn every_digit_survives() {
        let (effect, again) = through(r#"[1,2,0,["setDiscount","x",2.1950000000000000000003]]"#);

        let EffectKind::SetDiscount(discount) = &effect.typed().unwrap().kind else { panic!() };
        assert_eq!(discount.value.to_string(), "2.1950000000000000000003");
        assert_eq!(again, r#"[1,2,0,["setDiscount","x",2.1950000000000000000003]]"#);
    }

    #[test]
    fn what_has_no_arguments_is_one() {
        let props = RawJson::from_serialize(&std::collections::BTreeMap::from([("a", 1)])).unwrap();
        let kind = EffectKind::Unrecognized(UnrecognizedEffect::new("paint", props));

        let call = RawJson::from_serialize(&Call(&kind)).unwrap();

        assert_eq!(call.get(), r#"["paint",{"a":1}]"#);
    }

    #[test]
    fn everything_else_survives() {
        for text in [
            "[]",
            r#"{"effectType":"setDiscount"}"#,
            r#"[1,2,0,["addFreeItem","anna","SKU-1","a gift"]]"#,
            r#"[1,2,0,["setNewQuote","Wintershoe Special",10.5]]"#,
            r#"[1,2,0,["rejectCoupon","6tu30966ay"]]"#,
            r#"[1,2,0,["setDiscount","odd","much"]]"#,
            r#"[1,2,0,["setNewQuote",1.50,12345678901234567890123,{"b":1,"a":2}]]"#,
            r#"[1,2,0,[5,"setDiscount"]]"#,
        ] {
            assert_eq!(through(text).1, text);
        }
    }
}
