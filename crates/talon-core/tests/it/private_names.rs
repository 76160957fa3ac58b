//! The private names of serde_json are ordinary names in data.

use serde::Serialize;
use serde::de::DeserializeOwned;
use talon_core::effect::{CustomEffect, EventEffect, UpdateAttribute};
use talon_core::model::Event;
use talon_core::prelude::*;
use talon_core::{RawJson, json};

const NAMES: [&str; 4] = [
    "$serde_json::private::RawValue",
    "$serde_json::private::Number",
    "$serde_json::private::",
    "\\u0024serde_json::private::RawValue",
];

/// Values that would be structure, a number or nonsense if their name were code.
const VALUES: [&str; 7] = [
    "\"[1,{}]\"",
    "\"1.5\"",
    "\"\"",
    "\"{\"",
    "null",
    "[{}]",
    "{\"$serde_json::private::RawValue\":\"[1]\"}",
];

/// Objects that have such a name first, second, alone and further down.
fn objects() -> Vec<String> {
    let mut objects = Vec::new();
    for name in NAMES {
        for value in VALUES {
            objects.push(format!(r#"{{"{name}":{value}}}"#));
            objects.push(format!(r#"{{"{name}":{value},"z":1}}"#));
            objects.push(format!(r#"{{"!":1,"{name}":{value}}}"#));
            objects.push(format!(r#"{{"a":[{{"b":{{"{name}":{value}}}}}]}}"#));
        }
    }
    objects
}

/// What is written of `text` by the codec and by serde_json, after each has read it.
fn written<T: DeserializeOwned + Serialize>(text: &str) -> [String; 2] {
    let codec: T =
        json::from_slice(text.as_bytes()).unwrap_or_else(|error| panic!("{text} {error}"));
    let alone: T = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let codec = json::to_vec(&codec).expect("what was read can be written");
    let alone = serde_json::to_vec(&alone).expect("what was read can be written");
    [codec, alone].map(|json| String::from_utf8(json).expect("JSON is UTF-8"))
}

/// As the name is written, however it was given.
fn unescaped(text: &str) -> String {
    text.replace("\\u0024", "$")
}

fn survives<T: DeserializeOwned + Serialize>(text: impl Fn(&str) -> String) {
    for object in objects() {
        let text = text(&object);

        for written in written::<T>(&text) {
            assert_eq!(written, unescaped(&text));
        }
    }
}

#[test]
fn private_names_are_ordinary_in_attributes() {
    survives::<Attributes>(ToOwned::to_owned);
    survives::<NewCustomerProfile>(|object| format!(r#"{{"attributes":{object}}}"#));
    survives::<NewCustomerSessionV2>(|object| {
        format!(r#"{{"cartItems":[{{"sku":"A","quantity":1,"attributes":{object}}}]}}"#)
    });
    survives::<Event>(|object| {
        format!(
            r#"{{"id":1,"created":"2020-06-10T09:05:27Z","applicationId":1,"type":"t","attributes":{object},"effects":[],"ledgerEntries":[]}}"#
        )
    });
}

#[test]
fn private_names_are_ordinary_in_payloads_and_props() {
    survives::<CustomEffect>(|object| format!(r#"{{"effectId":1,"name":"n","payload":{object}}}"#));
    survives::<UpdateAttribute>(|object| format!(r#"{{"path":"p","value":{object}}}"#));
    for effect_type in ["customEffect", "paint", "setDiscount"] {
        survives::<Effect>(|object| {
            let object = unescaped(object);
            format!(
                r#"{{"campaignId":1,"rulesetId":1,"ruleIndex":0,"ruleName":"","effectType":"{effect_type}","props":{object}}}"#
            )
        });
    }
}

#[test]
fn private_names_are_ordinary_in_effects_of_events() {
    for arguments in ["customEffect\",1,\"n\",", "paint\","] {
        survives::<EventEffect>(|object| {
            let object = unescaped(object);
            format!(r#"[1,2,0,["{arguments}{object}]]"#)
        });
    }
}

#[test]
fn private_names_are_ordinary_in_maps() {
    for name in NAMES {
        let text = format!(r#"{{"additionalCosts":{{"{name}":{{"price":1.5}}}}}}"#);

        for written in written::<NewCustomerSessionV2>(&text) {
            assert_eq!(written, unescaped(&text));
        }
    }
}

#[test]
fn a_private_name_as_a_number_or_time_is_refused() {
    for name in NAMES {
        for (member, value) in [("price", "1.5"), ("position", "2.0"), ("quantity", "1")] {
            let text = format!(r#"{{"sku":"A","{member}":{{"{name}":"{value}"}}}}"#);

            assert!(json::from_slice::<CartItem>(text.as_bytes()).is_err(), "{text}");
            assert!(serde_json::from_str::<CartItem>(&text).is_err(), "{text}");
        }
    }
}

#[test]
fn private_names_are_ordinary_in_untyped_values() {
    for object in objects() {
        let value = json::value_from_slice(object.as_bytes()).unwrap();
        assert_eq!(value.to_string(), unescaped(&object));

        // Out of a value as well, but for what may be a number where those are handed on so.
        let has_any_size = "1e400".parse::<serde_json::Number>().is_ok();
        if !(has_any_size && object.contains(r#"Number":"1.5"}"#)) {
            let attributes: Attributes = serde_json::from_value(value.clone()).unwrap();
            assert_eq!(serde_json::to_value(attributes).unwrap(), value);
        }
        let raw = RawJson::from_serialize(&value).unwrap();
        assert_eq!(json::value_from_slice(raw.get().as_bytes()).unwrap(), value);
    }
}
