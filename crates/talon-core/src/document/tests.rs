//! What is said of documents that do not fit.

use std::collections::BTreeMap;

use serde_json::Value;

use super::*;
use crate::model::IntegrationRequest;
use crate::operation::RequestReader;
use crate::operations::UpdateCustomerSessionV2;
use crate::{Amount, Operation as _, RawJson};

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Cart {
    name: String,
    #[serde(default)]
    count: i64,
    #[serde(default)]
    days: Option<u32>,
    #[serde(default)]
    is_gift: bool,
    #[serde(default)]
    items: Vec<Cart>,
    #[serde(default)]
    worth: Option<Worth>,
    #[serde(default)]
    totals: BTreeMap<String, Amount>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Worth {
    Nothing,
    Percent(Amount),
}

fn error(json: &str) -> String {
    let read = Document::parse(json).and_then(|document| document.decode::<Cart>());
    read.unwrap_err().to_string()
}

#[test]
fn a_misfit_is_told_in_words_of_json_with_its_place() {
    for (json, said) in [
        (r#"{"name":1}"#, "name: must be a string, not 1 at line 1 column 9"),
        (
            r#"{"name":"a","count":1.5}"#,
            "count: must be a whole number, not 1.5 at line 1 column 21",
        ),
        (
            r#"{"name":"a","isGift":"yes"}"#,
            r#"isGift: must be true or false, not "yes" at line 1 column 22"#,
        ),
        (
            r#"{"name":"a","days":-1}"#,
            "days: must be a whole number from 0 to 4294967295, not -1 at line 1 column 20",
        ),
        (
            r#"{"name":"a","items":{}}"#,
            "items: must be an array, not an object at line 1 column 21",
        ),
        (
            r#"{"name":"a","items":["x"]}"#,
            r#"items[0]: must be an object, not "x" at line 1 column 22"#,
        ),
        (r#"["a"]"#, "must be an object, not an array at line 1 column 1"),
        ("{\n \"items\": []}", "the member `name` is missing at line 1 column 1"),
        (
            r#"{"name":"a","Counts":1}"#,
            "Counts: unknown member, did you mean `count`? at line 1 column 13",
        ),
        (r#"{"name":"a","name":"b"}"#, "name: stands twice in its object at line 1 column 13"),
        (
            r#"{"name":"a","totals":{"x":true}}"#,
            "totals.x: must be a number, not true at line 1 column 27",
        ),
        (
            r#"{"name":"a","worth":"percnt"}"#,
            "worth: unknown value `percnt`, did you mean `percent`? at line 1 column 21",
        ),
        (
            r#"{"name":"a","worth":"percent"}"#,
            "worth: needs a value: write {\"percent\": …} at line 1 column 21",
        ),
        (
            r#"{"name":"a","worth":{"nothing":1}}"#,
            "worth.nothing: takes no value: write \"nothing\" alone at line 1 column 22",
        ),
        (
            r#"{"name":"a","worth":[]}"#,
            "worth: must be a string or an object of one member at line 1 column 21",
        ),
        (
            r#"{"name":"a","worth":{"percent":"1x"}}"#,
            r#"worth.percent: must be a number, not "1x" at line 1 column 32"#,
        ),
    ] {
        assert_eq!(error(json), said, "{json}");
    }
}

#[test]
fn an_unknown_member_that_is_near_none_is_told_what_is_known() {
    let said = error(r#"{"name":"a","colour":1}"#);

    assert!(said.contains("known are name, count, days"), "{said}");
}

#[test]
fn what_is_no_json_has_a_line_and_a_column() {
    assert_eq!(error("{\n  \"é\": tru}"), "no JSON: expected value at line 2 column 11");
    assert_eq!(
        error("{\"name\": [1,"),
        "no JSON: it ends in the middle of a value at line 1 column 12"
    );
    assert!(error("").contains("no JSON: it ends in the middle of a value at line 1"));
    assert!(error("{} {}").contains("trailing characters at line 1 column 4"));
}

#[test]
fn columns_count_characters() {
    let said = error("{\"name\": \"ü\", \"count\": true}");

    assert_eq!(said, "count: must be a whole number, not true at line 1 column 24");
}

#[test]
fn every_value_is_what_serde_json_makes_of_it() {
    let json =
        r#"{"a":[1,-2,1.5,1e3,-0,null,true,"x\ny\ud83d\ude00",{"":{}}],"18":18446744073709551615}"#;

    let document = Document::parse(json).unwrap();

    let value: Value = document.decode().unwrap();
    assert_eq!(value, serde_json::from_str::<Value>(json).unwrap());
    assert_eq!(document.decode::<RawJson>().unwrap().get(), json);
    let amounts = Document::parse("[3.333333333333333333333333333]").unwrap();
    let amounts: Vec<Amount> = amounts.decode().unwrap();
    assert_eq!(amounts[0].to_string(), "3.333333333333333333333333333");
}

#[test]
fn deep_nesting_is_refused_without_a_panic() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);

    let read = Document::parse(&deep).and_then(|document| document.decode::<Value>());

    assert!(read.unwrap_err().to_string().contains("nests deeper than 128 levels"));
}

#[test]
fn an_annotation_and_a_byte_order_mark_are_skipped() {
    let document = Document::parse("\u{feff}{\"$schema\":\"x.json\",\"name\":\"a\"}").unwrap();

    assert!(document.annotation("$schema").decode::<Cart>().is_ok());
    assert!(error(r#"{"$schema":"x","name":"a"}"#).contains("$schema: unknown member"));
}

#[test]
fn a_path_leads_to_its_value_or_as_far_as_there_is_one() {
    let document = Document::parse("{\"a.b\": {\n\"c\": [0,\n [1, 2]]}}").unwrap();
    let position = |path: &str| document.position(path).to_string();

    assert_eq!(position("a.b.c[1][1]"), "line 3 column 6");
    assert_eq!(position("a.b.none"), "line 1 column 9");
    assert_eq!(position(""), "line 1 column 1");
}

#[test]
fn members_that_a_request_has_no_place_for_are_found() {
    let body = r#"{"customerSession":{"atributes":{"atributes":1},
        "cartItems":[{"sku":"A","quantity":1,"price":1,"colour":"red"}],"profileId":null}}"#;
    let document = Document::parse(body).unwrap();
    let info = UpdateCustomerSessionV2::INFO;

    let reader = RequestReader::from_document(info, |_| Some("cart-1"), &document);
    let read: IntegrationRequest = reader.json().unwrap();

    assert_eq!(read.customer_session.cart_items.unwrap()[0].sku, "A");
    let unknown = document.unknown_members();
    let unknown = unknown.iter().map(|member| (&*member.path, member.suggestion));
    let expected = [
        ("customerSession.atributes", Some("attributes")),
        ("customerSession.cartItems[0].colour", None),
    ];
    assert_eq!(unknown.collect::<Vec<_>>(), expected);
}

#[test]
fn a_strict_document_refuses_what_a_type_would_ignore() {
    #[derive(Debug, Deserialize)]
    struct Lenient {
        #[serde(default)]
        count: u32,
    }
    let text = r#"{"$schema": "x", "cuont": 1}"#;

    let lenient = Document::parse(text).unwrap().annotation("$schema");
    assert_eq!(lenient.decode::<Lenient>().unwrap().count, 0);
    let strict = Document::parse(text).unwrap().annotation("$schema").strict();

    assert_eq!(
        strict.decode::<Lenient>().unwrap_err().to_string(),
        "cuont: unknown member, did you mean `count`? at line 1 column 18",
    );
}
