//! Numbers of any size and precision with the feature `arbitrary_precision`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};
use talon_core::effect::{CustomEffect, EventEffect};
use talon_core::prelude::*;
use talon_core::{RawJson, json};

const NUMBERS: [&str; 16] = [
    "0",
    "-0",
    "-0.0",
    "7",
    "-7",
    "1.5",
    "1.50",
    "0.1",
    "1e400",
    "-2.5E-400",
    "1E5",
    "100000000000000000000.25",
    "123456789012345678",
    "18446744073709551615",
    "18446744073709551616",
    "12345678901234567890123",
];

fn codec<T: serde::de::DeserializeOwned>(text: &str) -> T {
    json::from_slice(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn written(value: &impl Serialize) -> String {
    let codec = String::from_utf8(json::to_vec(value).unwrap()).unwrap();
    assert_eq!(codec, serde_json::to_string(value).unwrap());
    codec
}

#[test]
fn the_features_are_enabled() {
    assert_eq!("1.50".parse::<Number>().unwrap().to_string(), "1.50");
    let ordered: Value = serde_json::from_str(r#"{"b":1,"a":2}"#).unwrap();
    assert_eq!(ordered.to_string(), r#"{"b":1,"a":2}"#);
    let mut deserializer = serde_json::Deserializer::from_str("0");
    deserializer.disable_recursion_limit();
    assert_eq!(u8::deserialize(&mut deserializer).unwrap(), 0);
}

#[test]
fn a_number_in_attributes_is_the_number_of_serde_json() {
    for text in NUMBERS {
        let number: Value = serde_json::from_str(text).unwrap();
        let json = format!(r#"{{"n":{text},"z":[{text},{text}]}}"#);
        for attributes in [codec(&json), serde_json::from_str::<Attributes>(&json).unwrap()] {
            assert_eq!(attributes["n"], number);
            assert_eq!(attributes["z"], Value::from(vec![number.clone(), number.clone()]));
            let expected = format!(r#"{{"n":{number},"z":[{number},{number}]}}"#);
            assert_eq!(written(&attributes), expected);
        }
        let attributes: Attributes =
            serde_json::from_value(serde_json::json!({ "n": number })).unwrap();
        assert_eq!(attributes["n"], serde_json::from_value::<Value>(number).unwrap());
    }
}

#[test]
fn a_session_is_encoded_as_without_the_feature() {
    let text = r#"{"sku":"A","quantity":2,"price":19.99,"attributes":{"big":12345678901234567890123,"i":7,"n":1.5}}"#;

    let item: CartItem = codec(text);

    assert_eq!(written(&item), text);
    let item = CartItem::new("A", 2).attributes(Attributes::new().with("n", 1.5).with("i", 7));
    assert_eq!(written(&item), r#"{"sku":"A","quantity":2,"attributes":{"i":7,"n":1.5}}"#);
}

#[test]
fn amounts_and_whole_numbers_are_unchanged() {
    for (text, amount) in [
        ("19.99", "19.99"),
        ("1e2", "100"),
        ("-0", "0"),
        ("2.1950000000000000000003", "2.1950000000000000000003"),
        ("12345678901234567890.12345678", "12345678901234567890.12345678"),
    ] {
        for read in [codec::<Amount>(text), serde_json::from_str(text).unwrap()] {
            assert_eq!(read.to_string(), amount);
            assert_eq!(written(&read), amount);
        }
        let value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::from_value::<Amount>(value.clone()).unwrap().to_string(), amount);
        let attributes = Attributes::new().with("n", value);
        assert_eq!(attributes.number("n").map(|it| it.to_string()).as_deref(), Some(amount));
    }
    for position in ["2", "2.0", "2e0"] {
        let item: CartItem = codec(&format!(r#"{{"sku":"A","quantity":1,"position":{position}}}"#));
        assert_eq!(item.position, Some(2.into()));
    }
    assert!(json::from_slice::<Amount>(b"1e400").is_err());
    assert!(json::from_slice::<f64>(b"1e400").is_err());
}

#[test]
fn payloads_keep_every_digit_and_the_order_of_their_members() {
    let payload = r#"{"b":1.250,"a":[1e400,{"z":-0,"y":12345678901234567890123}]}"#;
    let written_payload = payload.replace("1e400", "1e+400");
    let props = format!(r#"{{"effectId":1,"name":"n","payload":{payload}}}"#);
    let effect = format!(
        r#"{{"campaignId":1,"rulesetId":1,"ruleIndex":0,"ruleName":"","effectType":"customEffect","props":{props}}}"#
    );
    let of_event = format!(r#"[1,1,0,["customEffect",1,"n",{payload}]]"#);

    let custom: CustomEffect = codec(&props);
    let effect: Effect = codec(&effect);
    let of_event: EventEffect = codec(&of_event);

    assert!(written(&custom).ends_with(&format!(r#""payload":{written_payload}}}"#)));
    assert_eq!(effect.kind, custom.clone().into());
    assert_eq!(of_event.typed().unwrap().kind, custom.into());
    assert!(written(&of_event).contains(&written_payload));
}

#[test]
fn the_private_name_of_numbers_is_an_ordinary_name() {
    let text = r#"{"a":{"$serde_json::private::Number":"1.5"},"b":1.5}"#;

    for attributes in [codec(text), serde_json::from_str::<Attributes>(text).unwrap()] {
        assert!(attributes["a"].is_object() && attributes["b"].is_number());
        assert_eq!(written(&attributes), text);
    }
}

/// Serde hands on what it flattens as its own kind of value.
#[test]
fn a_number_is_decoded_in_a_struct_that_flattens_a_model() {
    #[derive(Deserialize, Serialize)]
    struct Order {
        id: u32,
        #[serde(flatten)]
        session: NewCustomerSessionV2,
        #[serde(flatten)]
        others: BTreeMap<String, RawNumber>,
    }
    #[derive(Deserialize, Serialize)]
    struct RawNumber(Number);
    let text = r#"{"id":1,"attributes":{"n":1.5,"list":[{"big":1e400}]},"x":0.1}"#;

    let order: Order = codec(text);

    let attributes = order.session.attributes.as_ref().unwrap();
    assert_eq!(attributes["n"], serde_json::json!(1.5));
    assert!(attributes["list"][0]["big"].is_number());
    assert_eq!(order.others["x"].0.to_string(), "0.1");
    assert!(written(&order).contains(r#""n":1.5"#));
}

#[test]
fn raw_json_and_generic_values_are_those_of_serde_json() {
    for text in NUMBERS {
        assert_eq!(codec::<RawJson>(text).get(), text);
        assert_eq!(codec::<Value>(text), serde_json::from_str::<Value>(text).unwrap());
        assert_eq!(codec::<Number>(text), serde_json::from_str::<Number>(text).unwrap());
        assert_eq!(codec::<f64>("-0").to_bits(), (-0.0_f64).to_bits());
        written(&serde_json::from_str::<Vec<Number>>(&format!("[{text}]")).unwrap());
    }
}
