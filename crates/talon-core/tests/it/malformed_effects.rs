//! Effects with malformed or missing members.

use talon_core::prelude::*;
use talon_core::{CampaignId, json};

const ENVELOPE: &str = r#""campaignId":1,"rulesetId":2,"ruleIndex":0,"ruleName":"","#;

fn props_of(effect: &Effect) -> String {
    serde_json::to_string(&effect.kind).expect("props have a JSON form")
}

/// The effect of a list that has an ordinary one as well, which is not lost.
fn beside_another(odd: &str) -> Effect {
    let typed = r#""effectType":"setDiscount","props":{"name":"ten","value":10}"#;
    let ordinary = format!("{{{ENVELOPE}{typed}}}");

    let text = format!("[{ordinary},{odd},{ordinary}]");
    let effects: Vec<Effect> = json::from_slice(text.as_bytes()).expect("no effect costs the rest");

    assert_eq!(effects, serde_json::from_str::<Vec<Effect>>(&text).expect("the same alone"));
    let [first, odd, last] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(props_of(first), r#"{"name":"ten","value":10}"#);
    assert_eq!(first, last);
    let again = json::to_vec(odd).expect("every effect has a JSON form");
    assert_eq!(&json::from_slice::<Effect>(&again).expect("what was written"), odd);
    odd.clone()
}

#[test]
fn a_malformed_member_does_not_make_the_effect_undecodable() {
    let typed = r#""effectType":"acceptCoupon","props":{"value":"A"}"#;
    let accept = EffectKind::from(talon_core::effect::AcceptCoupon { value: "A".into() });
    for name in ["campaignId", "rulesetId", "ruleIndex", "ruleName"] {
        for odd in ["null", "{}", "[1]", "true"] {
            let effect = beside_another(&format!(r#"{{{ENVELOPE}{typed},"{name}":{odd}}}"#));

            assert_eq!(effect.kind, accept, "{name}: {odd}");
        }
    }
    let optional = ["experimentId", "triggeredByCoupon", "triggeredForCatalogItem"]
        .into_iter()
        .chain(["conditionIndex", "evaluationGroupID", "evaluationGroupMode"])
        .chain(["campaignRevisionId", "campaignRevisionVersionId", "selectedPriceType"])
        .chain(["selectedPrice", "adjustmentReferenceId"]);
    for name in optional {
        for odd in ["null", "{}", "[1]", "\"odd\"", "1.5"] {
            let effect = beside_another(&format!(r#"{{{ENVELOPE}{typed},"{name}":{odd}}}"#));

            assert_eq!(effect.kind, accept, "{name}: {odd}");
            assert_eq!(effect.campaign_id, 1.into(), "{name}: {odd}");
        }
    }
    let effect = beside_another(&format!("{{{typed}}}"));
    assert_eq!(effect, Effect::new(-1, -1, -1, "", accept));
}

#[test]
fn a_member_of_an_equivalent_type_is_decoded() {
    let effect = beside_another(
        r#"{"campaignId":"7","rulesetId":8.0,"ruleIndex":"9.0","ruleName":10,
            "triggeredByCoupon":["x"],"selectedPrice":"9.95","experimentId":11.0,
            "effectType":"acceptCoupon","props":{"value":"A"}}"#,
    );

    assert_eq!((effect.campaign_id, effect.ruleset_id), (7.into(), 8.into()));
    assert_eq!((effect.rule_index, &*effect.rule_name), (9, "10"));
    assert_eq!(effect.selected_price, Some(Amount::new(995, 2)));
    assert_eq!(effect.experiment_id, Some(11));
}

#[test]
fn an_effect_without_props_or_type_is_kept() {
    let none = beside_another(&format!(r#"{{{ENVELOPE}"effectType":"setDiscount"}}"#));
    assert_eq!((none.kind.effect_type(), &*props_of(&none)), ("setDiscount", "null"));
    let EffectKind::Unrecognized(none) = &none.kind else { panic!("{none:?}") };
    assert!(none.mismatch().is_some());

    for effect_type in ["", r#""effectType":null,"#] {
        let odd = beside_another(&format!(r#"{{{ENVELOPE}{effect_type}"props":{{"a":1}}}}"#));
        assert_eq!((odd.kind.effect_type(), &*props_of(&odd)), ("", r#"{"a":1}"#));
    }
    let odd = beside_another(r#"{"effectType":5}"#);
    assert_eq!(odd.kind.effect_type(), "5");
}

#[test]
fn a_value_that_is_not_an_effect_is_kept_unchanged() {
    for text in ["null", "5", "\"x\"", "[1, {\"a\": 2.50}]", "true"] {
        let effect = beside_another(text);

        assert_eq!(effect.campaign_id, CampaignId::NONE);
        assert_eq!((effect.kind.effect_type(), &*props_of(&effect)), ("", text));
    }
    assert!(json::from_slice::<Vec<Effect>>(b"[{\"campaignId\":1]").is_err());
    assert!(json::from_slice::<Vec<Effect>>(b"[{]").is_err());
}

/// Serde reads such values into memory first, where they have no text.
#[test]
fn effects_are_decoded_in_types_that_buffer_them() {
    #[derive(Debug, serde::Deserialize)]
    struct Received {
        shop: String,
        #[serde(flatten)]
        state: IntegrationStateV2,
    }
    let odd =
        r#"{"campaignId":"7","effectType":"setDiscount","props":{"name":"ten","value":"odd"}}"#;
    let typed =
        r#"{"campaignId":7,"effectType":"setDiscount","props":{"name":"ten","value":10.5}}"#;
    for (effect, props) in [
        (typed, r#"{"name":"ten","value":10.5}"#),
        (odd, r#"{"name":"ten","value":"odd"}"#),
        ("null", "null"),
    ] {
        let text = format!(r#"{{"shop":"berlin","effects":[{effect}]}}"#);

        let alone: Received = serde_json::from_str(&text).expect("no effect costs the rest");
        let codec: Received = json::from_slice(text.as_bytes()).expect("no effect costs the rest");

        assert_eq!(alone.shop, codec.shop);
        assert_eq!(alone.state, codec.state);
        assert_eq!(props_of(&alone.state.effects[0]), props);
    }
}
