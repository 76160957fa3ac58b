//! Effects for property tests: unrecognized ones, and those of V1 events.

use proptest::prop_oneof;
use proptest::sample::select;
use proptest::strategy::Strategy;

use super::{EffectKind, EventEffect, TypedEventEffect, UnrecognizedEffect};
use crate::arbitrary::{from_strategy, generated, text};
use crate::{CampaignId, RawJson, RulesetId};

/// An unknown type, or props that do not fit a known one.
fn unrecognized() -> impl Strategy<Value = UnrecognizedEffect> {
    let name = prop_oneof![text(), select(EffectKind::TYPES).prop_map(ToOwned::to_owned)];
    (name, generated::<RawJson>()).prop_filter_map("it is recognized", |(name, props)| {
        let kind = EffectKind::read(&name.as_str().into(), props.as_text());
        match kind.expect("it is JSON") {
            EffectKind::Unrecognized(effect) => Some(effect),
            _ => None,
        }
    })
}

from_strategy!(UnrecognizedEffect: unrecognized());

/// An effect as a service sends it: an event's list of arguments has no room for optional props.
fn typed() -> impl Strategy<Value = TypedEventEffect> {
    let parts =
        (generated::<CampaignId>(), generated::<RulesetId>(), generated::<i64>(), generated());
    parts.prop_filter_map("it is not typed", |(campaign_id, ruleset_id, rule_index, kind)| {
        let whole = TypedEventEffect { campaign_id, ruleset_id, rule_index, kind };
        match arrived(&EventEffect::Typed(whole)) {
            EventEffect::Typed(effect) => Some(effect),
            EventEffect::Raw(_) => None,
        }
    })
}

fn arrived(effect: &impl serde::Serialize) -> EventEffect {
    let sent = RawJson::from_serialize(effect).expect("every effect has a JSON form");
    sent.decode().expect("every JSON is an effect of an event")
}

from_strategy!(TypedEventEffect: typed());
from_strategy!(EventEffect: prop_oneof![
    4 => typed().prop_map(EventEffect::Typed),
    1 => generated::<RawJson>().prop_map(|raw| arrived(&raw)),
]);
