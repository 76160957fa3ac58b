//! Every operation has the cases it needs.

use talon_conformance::{missing, suite, table};

#[test]
fn every_operation_has_a_success_its_refusals_and_a_surprise() {
    println!("{}", table());

    assert_eq!(missing(), [""; 0]);
}

#[test]
fn every_case_has_a_name_of_its_own() {
    let mut names: Vec<_> = suite().map(|case| (case.module, case.name)).collect();
    let listed = names.len();

    names.sort_unstable();
    names.dedup();

    assert_eq!(names.len(), listed);
}
