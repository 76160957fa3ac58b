//! Every operation, effect and rejection reason has the cases that it needs.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;

use serde_json::Value;
use talon_conformance::implementations::all;
use talon_conformance::{missing, suite, table};
use talon_core::effect::EffectKind;
use talon_core::model::{CouponRejection, ReferralRejection};

use crate::recorded_replies::all_replies;

/// Collects all effect types, as members or as heads of nested arrays, and all reasons.
fn collect(value: &Value, seen: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match (name.as_str(), member.as_str()) {
                    ("effectType" | "rejectionReason" | "reason", Some(text)) => {
                        seen.insert(text.to_owned());
                    }
                    _ => collect(member, seen),
                }
            }
        }
        Value::Array(items) => {
            if let [.., Value::Array(effect)] = &items[..]
                && let Some(Value::String(name)) = effect.first()
            {
                seen.insert(name.clone());
            }
            for item in items {
                collect(item, seen);
            }
        }
        _ => {}
    }
}

/// The first case that shows each effect type and reason.
async fn shown() -> BTreeMap<String, String> {
    let mut shown = BTreeMap::new();
    for reply in all_replies().await {
        let mut seen = BTreeSet::new();
        collect(&reply.body, &mut seen);
        for text in seen {
            shown.entry(text).or_insert_with(|| reply.case.clone());
        }
    }
    shown
}

/// A line for each value that no case shows, and for each reachable value of `unreachable`.
fn gaps<'v>(
    values: impl IntoIterator<Item = &'v str>,
    unreachable: &[(&str, &str)],
    shown: &BTreeMap<String, String>,
) -> Vec<String> {
    let gap = |value: &str| {
        let excuse = unreachable.iter().find(|(excused, _)| *excused == value);
        match (shown.get(value), excuse) {
            (Some(case), None) => {
                println!("{value:<40}{case}");
                None
            }
            (None, Some((_, why))) => {
                println!("{value:<40}({why})");
                None
            }
            (None, None) => Some(format!("no case shows {value}")),
            (Some(case), Some(_)) => Some(format!("{value} is reachable: {case}")),
        }
    };
    values.into_iter().filter_map(gap).collect()
}

#[tokio::test]
async fn every_effect_and_every_reason_has_a_case() {
    let shown = shown().await;

    let coupons = CouponRejection::KNOWN.iter().map(CouponRejection::as_str);
    let referrals = ReferralRejection::KNOWN.iter().map(ReferralRejection::as_str);
    let effects = EffectKind::TYPES.iter().copied();

    assert_eq!(gaps(coupons, &[], &shown), [""; 0]);
    assert_eq!(gaps(referrals, &[], &shown), [""; 0]);
    assert_eq!(gaps(effects, &[], &shown), [""; 0]);
}

#[test]
fn every_operation_has_a_success_its_refusals_and_a_surprise() {
    println!("{}", table());

    assert_eq!(missing(), [""; 0]);
}

#[test]
fn case_names_are_unique() {
    let mut names: Vec<_> = suite().map(|case| (case.module, case.name)).collect();
    let listed = names.len();

    names.sort_unstable();
    names.dedup();

    assert_eq!(names.len(), listed);
}

#[test]
fn the_size_of_the_suite_is_as_documented() {
    let cases = suite().count();

    // The harness shows the output of `eprintln!` only for failures.
    let said = writeln!(
        std::io::stderr(),
        "conformance suite: {cases} cases, {} tests",
        cases * all().len()
    );

    assert!(said.is_ok() && cases >= 200, "{cases} cases");
}
