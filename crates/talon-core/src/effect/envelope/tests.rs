//! Effects with known and unknown types, and members of other types.

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

/// What the codec, which counts on props that fit, and serde_json alone make of it.
fn both_readings(effects: &str) -> [Result<Vec<Effect>, String>; 2] {
    [
        talon_json::from_slice(effects.as_bytes()).map_err(|error| error.cause().to_string()),
        serde_json::from_str(effects).map_err(|error| error.to_string()),
    ]
}

const ENVELOPE: &str = r#""campaignId":1,"rulesetId":2,"ruleIndex":0,"ruleName":"","#;

#[test]
fn the_order_of_the_members_does_not_matter() {
    let typed = r#""effectType":"setDiscount""#;
    let odd = r#""effectType":"launchRocket""#;
    for props in [r#""props":{"name":"ten","value":10}"#, r#""props": {"value": "a lot"}"#] {
        for effect_type in [typed, odd] {
            let before = format!("[{{{ENVELOPE}{effect_type},{props}}}]");
            let after = format!("[{{{ENVELOPE}{props},{effect_type}}}]");

            let [codec, alone] = both_readings(&before);
            assert!(codec.is_ok(), "{before}");
            assert_eq!(codec, alone);
            assert_eq!([codec, alone], both_readings(&after));
        }
    }
}

#[test]
fn the_last_of_several_members_counts() {
    let members = [
        r#""effectType":"setDiscount""#,
        r#""effectType":"addFreeItem""#,
        r#""props":{"name":"ten","value":10}"#,
        r#""props":{"name":"ten","sku":"A"}"#,
    ];
    for order in [[0, 2, 1, 3], [0, 2, 1, 2], [0, 3, 2, 1], [2, 0, 3, 1], [0, 3, 2, 2]] {
        let members = order.map(|index| members[index]).join(",");
        let [codec, alone] = both_readings(&format!("[{{{ENVELOPE}{members}}}]"));

        assert!(codec.is_ok(), "{members}");
        assert_eq!(codec, alone);
    }
}

proptest::proptest! {
    #[test]
    fn both_readings_agree(effects in proptest::arbitrary::any::<[Effect; 2]>()) {
        let text = serde_json::to_string(&effects).unwrap();

        let [codec, alone] = both_readings(&text);
        proptest::prop_assert_eq!(&codec, &alone);
        proptest::prop_assert_eq!(codec.unwrap(), effects);
    }
}
