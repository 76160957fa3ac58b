//! The fast path against serde_json.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde::de::value::Error;
use serde::de::{Deserialize, DeserializeOwned, IntoDeserializer};
use serde_json::Value;

use crate::reader::read;
use crate::test_values::{Code, Digits, IsSpeculative, Item, Raw};
use crate::{from_slice, to_vec};

/// Whether the fast path takes it. Whatever it takes, serde_json reads alike; what is read is written
/// as serde_json writes it.
fn is_taken<T>(text: &str) -> bool
where
    T: DeserializeOwned + Serialize + PartialEq + fmt::Debug,
{
    let expected: Option<T> = serde_json::from_str(text).ok();
    assert_eq!(from_slice::<T>(text.as_bytes()).ok(), expected, "{text}");
    if let Some(value) = &expected {
        assert_eq!(to_vec(value).unwrap(), serde_json::to_vec(value).unwrap(), "{text}");
    }
    let read = read::<T>(text, false);
    assert!(read.is_none() || read == expected, "{text}");
    read.is_some()
}

#[test]
fn what_is_common_is_taken() {
    for text in [
        " [ 0 , -1 , 123456789012345678 , 1.5 , -2.50 , 1e3 , 1E-7 , -0 , 1234567890123456789 ] ",
        r#"["", "plain", "0123456789", "\u00e9\ud83d\ude00\n\"\\\/\b\f\r\t", "é😀", "\u0001"]"#,
        "\t{\"a\" : {\"b\":[]},\r\n\"c\":null,\"d\":[true,false],\"c\":{}}",
        "5",
        "\"a\"",
        "null",
    ] {
        assert!(is_taken::<Value>(text), "{text}");
        assert!(is_taken::<Raw>(text), "{text}");
    }
    assert!(is_taken::<Value>(&format!("[{}]", ["[],{}"; 200].join(","))));
    assert!(is_taken::<Vec<Digits>>("[1, 2.50, 1e-2, 79228162514264337593543950335]"));
    assert!(is_taken::<BTreeMap<String, Option<u8>>>(r#"{"a": 1, "\t": null}"#));
    assert!(is_taken::<(i8, f64, String, (), char)>(r#"[-1, 2, "x", null, "é"]"#));
    assert!(is_taken::<Vec<Item>>(r#"[{"sku":"A","quantity":2}]"#));
}

#[test]
fn what_is_rare_is_left_to_serde_json() {
    assert!(!is_taken::<f32>("0.1"));
    assert!(!is_taken::<BTreeMap<i64, bool>>(r#"{"1": true}"#));
    assert!(!is_taken::<Vec<u8>>("[256]"));
    assert!(!is_taken::<Item>(r#"["A", 2]"#));
    let nested = |levels| "[".repeat(levels) + &"]".repeat(levels);
    assert!(is_taken::<Value>(&nested(127)));
    assert!(!is_taken::<Value>(&nested(128)));
    assert!(serde_json::from_str::<Value>(&nested(128)).is_err());
}

#[test]
fn what_is_no_json_is_refused() {
    for text in [
        "",
        " ",
        "nul",
        "truth",
        "-",
        "+1",
        "01",
        "-01",
        "1.",
        ".5",
        "1e",
        "1e+",
        "1.e1",
        "[1 2]",
        "[,1]",
        "[1,]",
        "[1",
        "{\"a\"}",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{a:1}",
        "{1:2}",
        "{} {}",
        "\"",
        "\"a",
        "\"\\",
        "\"\\x\"",
        "\"\\u12\"",
        "\"a\u{1}\"",
        "\"\\\"",
        "]",
        "'a'",
        "\"\\é\"",
        "[\"\\u00e\u{e9}\"]",
    ] {
        assert!(!is_taken::<Value>(text), "{text}");
        assert!(from_slice::<Value>(text.as_bytes()).is_err(), "{text}");
        assert!(read::<Raw>(text, false).is_none(), "{text}");
    }
}

#[test]
fn a_lone_surrogate_is_left_and_read_as_a_replacement() {
    for text in [r#""\ud800""#, r#"["\ude00"]"#, r#"{"\ud83d\n":0}"#] {
        assert!(serde_json::from_str::<Value>(text).is_err());
        assert!(read::<Value>(text, false).is_none() && read::<Raw>(text, false).is_none());
        let value: Value = from_slice(text.as_bytes()).unwrap();
        assert!(value.to_string().contains('\u{fffd}'), "{value}");
    }
}

#[test]
fn what_has_no_form_is_an_error() {
    let odd = BTreeMap::from([((1, 2), 3)]);

    let error = to_vec(&odd).unwrap_err();

    assert_eq!(error.to_string(), serde_json::to_vec(&odd).unwrap_err().to_string());
}

/// What serde knows and our models do not have.
#[derive(Serialize)]
enum Rare {
    Unit,
    Newtype(f32),
    Tuple(i128, Option<u128>),
    Struct { a: char, b: () },
}

#[test]
fn what_is_rare_is_written_alike() {
    fn check(value: &(impl Serialize + ?Sized)) {
        assert_eq!(
            String::from_utf8(to_vec(value).unwrap()).unwrap(),
            serde_json::to_string(value).unwrap()
        );
    }

    check(&[Rare::Unit, Rare::Newtype(0.1), Rare::Tuple(i128::MIN, Some(u128::MAX))]);
    check(&[[Rare::Struct { a: '"', b: () }], [Rare::Newtype(f32::NAN)]]);
    check(&[f32::MAX, f32::MIN_POSITIVE, 1.0, f32::INFINITY]);
    check(&BTreeMap::from([(1, "a"), (-2, "b")]));
    check(&BTreeMap::from([(true, 1), (false, 0)]));
    check(&BTreeMap::from([('é', 1), ('\n', 0)]));
    check(&BTreeMap::from([(Some("a\""), 1), (Some(""), 0)]));
    check(&std::collections::HashMap::from([(u128::MAX, [u8::MAX])]));
    check(&[serde_bytes(b""), serde_bytes(b"\0\xff")]);
}

/// Bytes as serde's data model has them.
fn serde_bytes(bytes: &'static [u8]) -> impl Serialize {
    struct Bytes(&'static [u8]);
    impl Serialize for Bytes {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_bytes(self.0)
        }
    }
    Bytes(bytes)
}

#[test]
fn what_is_no_name_is_refused_alike() {
    fn check(value: &(impl Serialize + ?Sized)) {
        let error = to_vec(value).unwrap_err().to_string();
        assert_eq!(error, serde_json::to_vec(value).unwrap_err().to_string());
    }

    check(&BTreeMap::from([(None::<u8>, 1)]));
    check(&BTreeMap::from([((), 1)]));
    check(&BTreeMap::from([(vec![1], 1)]));
    check(&BTreeMap::from([(BTreeMap::from([(1, 2)]), 1)]));
}

/// Values that ask for a flag read from readers that do not know it, in each form.
#[test]
fn only_the_fast_path_is_speculative() {
    for json in ["true", "-1", "1", "1.5", "\"a\\n\"", "null", "[[], 2]", "{\"a\": {\"b\": 1}}"] {
        assert_eq!(read(json, false), Some(IsSpeculative(true)), "{json}");
        assert_eq!(serde_json::from_str::<IsSpeculative>(json).unwrap(), IsSpeculative(false));
        let value: Value = serde_json::from_str(json).unwrap();
        assert_eq!(IsSpeculative::deserialize(&value).unwrap(), IsSpeculative(false));
        assert_eq!(serde_json::from_value::<IsSpeculative>(value).unwrap(), IsSpeculative(false));
    }
}

/// The deserializers of serde's own values pass over newtypes.
#[test]
fn a_flag_may_be_asked_of_what_is_no_json() {
    fn read<'de>(value: impl IntoDeserializer<'de, Error>) -> Result<IsSpeculative, Error> {
        IsSpeculative::deserialize(value.into_deserializer())
    }

    for read in [
        read(true),
        read(-1_i64),
        read(1_u64),
        read(1.5),
        read("a"),
        read("a".to_owned()),
        read(()),
        read(vec![1, 2]),
        read(BTreeMap::from([("a", 1)])),
    ] {
        assert_eq!(read, Ok(IsSpeculative(false)));
    }
    let code = IntoDeserializer::<Error>::into_deserializer("spring");
    assert_eq!(Code::deserialize(code), Ok(Code("SPRING".to_owned())));
}
