//! Every successful reply of every case matches both specifications.

use std::collections::BTreeSet;

use talon_conformance::specification::{EXCEPTIONS, Exception, findings};
use talon_core::{OPERATIONS, OperationInfo};
use talon_samples::fixture;

use crate::recorded_replies::all_replies;

/// The number of shown findings of each kind.
const SHOWN: usize = 50;

#[tokio::test]
async fn every_reply_of_every_case_matches_the_specifications() {
    let mut unknown = BTreeSet::new();
    let mut needed = BTreeSet::new();
    let mut told = Vec::new();
    for reply in all_replies().await {
        for finding in findings(reply.operation, &reply.body) {
            if let Some(known) = Exception::find(&finding) {
                needed.insert(known);
            } else if unknown.insert((
                finding.generation,
                finding.place.clone(),
                finding.problem.clone(),
            )) {
                told.push(format!("{} of {}: {finding}", reply.operation, reply.case));
            }
        }
    }

    told.truncate(SHOWN);
    assert!(told.is_empty(), "{}", told.join("\n"));
    let unneeded: Vec<_> = EXCEPTIONS.iter().filter(|known| !needed.contains(known)).collect();
    assert!(unneeded.is_empty(), "no reply needs these exceptions: {unneeded:#?}");
}

#[tokio::test]
async fn every_operation_with_a_reply_is_validated() {
    let held: BTreeSet<_> = all_replies().await.iter().map(|reply| reply.operation).collect();

    let has_body = |operation: &OperationInfo| !fixture::reply(operation).body().is_empty();
    let expected = OPERATIONS.iter().filter(|operation| has_body(operation));
    let expected: BTreeSet<_> = expected.map(|operation| operation.id).collect();
    assert_eq!(held, expected);
}

#[test]
fn every_exception_has_a_reason() {
    assert!(EXCEPTIONS.iter().all(|known| known.reason.starts_with("BEHAVIOUR")));
}
