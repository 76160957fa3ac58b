//! Cases that operations need, and cases that they have.

use std::fmt::Write as _;

use talon_core::{OPERATIONS, OperationInfo};

use crate::specification::documented_refusals;
use crate::{Case, Role, suite};

/// A line for each missing case (success, documented refusal or surprise of an operation), and for each
/// case of an unknown operation.
pub fn missing() -> Vec<String> {
    let unknown = suite()
        .filter(|case| !OPERATIONS.iter().any(|operation| operation.id == case.operation))
        .map(|case| format!("{}::{} is a case of no operation", case.module, case.name));
    OPERATIONS.iter().flat_map(|operation| missing_of(operation)).chain(unknown).collect()
}

fn missing_of(operation: &OperationInfo) -> Vec<String> {
    let refusals = documented_refusals(operation).into_iter().map(Role::Refused);
    let needed = [Role::Success, Role::Surprise].into_iter().chain(refusals);
    let missing = needed.filter(|role| !of(operation).any(|case| case.role == *role));
    missing.map(|role| format!("{}: no case shows {role:?}", operation.id)).collect()
}

fn of(operation: &OperationInfo) -> impl Iterator<Item = &'static Case> {
    suite().filter(|case| case.operation == operation.id)
}

/// The number of cases of each role for each operation.
pub fn table() -> String {
    let mut table = format!("{:<26}{:>6}  success  refused  surprise\n", "operation", "cases");
    for operation in OPERATIONS {
        let count = |wanted: fn(Role) -> bool| of(operation).filter(|c| wanted(c.role)).count();
        let _ = writeln!(
            table,
            "{:<26}{:>6}{:>9}{:>9}{:>10}",
            operation.id,
            of(operation).count(),
            count(|role| role == Role::Success),
            count(|role| matches!(role, Role::Refused(_))),
            count(|role| role == Role::Surprise),
        );
    }
    let _ = write!(table, "{:<26}{:>6}", "together", suite().count());
    table
}
