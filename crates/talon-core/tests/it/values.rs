//! Values in paths, queries, attributes and numbers.

use std::time::Duration;

use serde_json::json;
use talon_core::CampaignId;
use talon_core::model::CampaignState;
use talon_core::operation::{CommaSeparated, PathParam, QueryParam, Subject};
use talon_core::prelude::*;

#[test]
fn a_number_in_a_path_is_its_digits() {
    assert_eq!(PathParam::to_segment(&-12_i64), "-12");
    assert_eq!(i64::from_segment("-12"), Ok(-12));
    assert_eq!(i64::from_segment("1.0"), Err("must be a whole number".to_owned()));
}

#[test]
fn a_query_can_be_encoded_and_decoded() {
    let noon: Timestamp = "2020-06-10T12:00:00Z".parse().unwrap();
    assert_eq!(Some(noon).to_query().unwrap(), ["2020-06-10T12:00:00Z"]);
    assert_eq!(Option::from_query(&["2020-06-10T12:00:00Z"]), Ok(Some(noon)));
    assert!(Option::<Timestamp>::from_query(&["noon"]).is_err());
    assert_eq!(Some(false).to_query().unwrap(), ["false"]);
    for (text, value) in [("true", true), ("True", true), ("false", false), ("False", false)] {
        assert_eq!(Option::<bool>::from_query(&[text]), Ok(Some(value)));
    }
}

#[test]
fn ids_enumerations_and_numbers_are_values_of_a_query() {
    let campaigns = CommaSeparated::from_iter([1, 2].map(CampaignId::from));
    let states = vec![CampaignState::Enabled, "new".into()];

    assert_eq!(campaigns.to_query().unwrap(), ["1,2"]);
    assert_eq!(CommaSeparated::from_query(&["1", "2"]), Ok(campaigns));
    assert_eq!(states.to_query().unwrap(), ["enabled", "new"]);
    assert_eq!(Vec::from_query(&["enabled", "new"]), Ok(states));
    assert_eq!(Option::from_query(&["50"]), Ok(Some(50_i64)));
    assert!(Option::<CampaignId>::from_query(&["fifty"]).is_err());
    assert_eq!(Option::from_query(&["anna"]), Ok(Some(ProfileId::from("anna"))));
}

#[test]
fn absent_parameters_are_not_in_the_query() {
    assert_eq!(None::<bool>.to_query(), Ok(Vec::new()));
    assert_eq!(None::<Timestamp>.to_query(), Ok(Vec::new()));
    assert_eq!(Option::<Timestamp>::from_query(&[]), Ok(None));
}

#[test]
fn attributes_are_read_by_their_type() {
    let noon: Timestamp = "2020-06-10T12:00:00Z".parse().unwrap();
    let attributes = Attributes::new()
        .with("city", "Berlin")
        .with("vip", false)
        .with("spent", 12.5)
        .with("since", "2020-06-10T12:00:00Z");

    assert!(!attributes.is_empty() && Attributes::new().is_empty());
    assert_eq!((attributes.text("city"), attributes.text("vip")), (Some("Berlin"), None));
    assert_eq!((attributes.flag("vip"), attributes.flag("city")), (Some(false), None));
    assert_eq!(attributes.number("spent"), Some(Amount::new(125, 1)));
    assert_eq!((attributes.time("since"), attributes.time("city")), (Some(noon), None));
}

#[test]
fn attributes_are_a_map() {
    let mut attributes: Attributes = [("size", 1), ("age", 2)].into_iter().collect();

    attributes.remove("age");

    assert_eq!(attributes.get("size"), Some(&json!(1)));
    assert_eq!(attributes, Attributes::new().with("size", 1));
}

#[test]
fn anonymous_customers_do_not_wait_for_each_other() {
    let subjects = |profile| {
        let session = NewCustomerSessionV2::default().profile(profile);
        UpdateCustomerSessionV2::new("s", session).subjects()
    };

    assert_eq!(subjects(""), [Subject::Session("s".into())]);
    assert_eq!(subjects("anna").last(), Some(&Subject::Profile("anna".into())));
}

#[test]
fn checked_arithmetic_is_exact_or_fails() {
    let [ten, three, half] = [Amount::new(10, 0), Amount::new(3, 0), Amount::new(5, 1)];
    let largest: Amount = "79228162514264337593543950335".parse().unwrap();

    assert_eq!(ten.checked_add(half), Some(Amount::new(105, 1)));
    assert_eq!(ten.checked_sub(half), Some(Amount::new(95, 1)));
    assert_eq!(three.checked_mul(half), Some(Amount::new(15, 1)));
    assert_eq!(three.checked_div(half), Some(Amount::new(6, 0)));
    assert_eq!(largest.checked_add(ten), None);
    assert_eq!((-largest).checked_sub(ten), None);
    assert_eq!(largest.checked_mul(ten), None);
    assert_eq!(ten.checked_div(Amount::new(0, 0)), None);
}

#[test]
fn timestamps_can_be_moved_back_and_forth() {
    let noon: Timestamp = "2020-06-10T12:00:00Z".parse().unwrap();
    let hour = Duration::from_secs(3600);

    assert_eq!(noon.checked_sub(hour).unwrap().to_string(), "2020-06-10T11:00:00Z");
    assert_eq!(noon.checked_sub(hour).unwrap().checked_add(hour), Some(noon));
    assert_eq!(noon.checked_sub(Duration::MAX), None);
    assert_eq!(noon.checked_add(Duration::MAX), None);
}
