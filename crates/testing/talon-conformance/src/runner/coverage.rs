//! Which cases an operation needs, and which it has.

use std::fmt::Write as _;

use talon_core::{OPERATIONS, OperationInfo};

use crate::{Case, Role, suite};

/// Refusals that are documented and can be met without a fault: 409 needs one.
static REFUSALS: &[(&str, &[u16])] = &[
    ("createCouponReservation", &[400, 401, 404]),
    ("createReferral", &[400, 401]),
    ("deleteCouponReservation", &[400, 401, 404]),
    ("deleteCustomerData", &[401, 404]),
    ("getCustomerInventory", &[401, 404]),
    ("getReservedCustomers", &[400, 401, 404]),
    ("trackEvent", &[400, 401]),
    ("updateCustomerProfile", &[400, 401]),
    ("updateCustomerProfileV2", &[400, 401]),
    ("updateCustomerSession", &[400, 401]),
    ("updateCustomerSessionV2", &[400, 401]),
];

/// What the suite lacks, a line each: a success, a documented refusal or a surprise of an
/// operation, or a case of an operation that is not there.
pub fn missing() -> Vec<String> {
    let strays = suite()
        .filter(|case| !OPERATIONS.iter().any(|operation| operation.id == case.operation))
        .map(|case| format!("{}::{} is about no operation", case.module, case.name));
    OPERATIONS.iter().flat_map(|operation| missing_of(operation)).chain(strays).collect()
}

fn missing_of(operation: &OperationInfo) -> Vec<String> {
    let Some((_, statuses)) = REFUSALS.iter().find(|(id, _)| *id == operation.id) else {
        return vec![format!("{}: nobody said how it is refused", operation.id)];
    };
    let refusals = statuses.iter().map(|status| Role::Refused(*status));
    let needed = [Role::Success, Role::Surprise].into_iter().chain(refusals);
    let missing = needed.filter(|role| !of(operation).any(|case| case.role == *role));
    missing.map(|role| format!("{}: no case shows {role:?}", operation.id)).collect()
}

fn of(operation: &OperationInfo) -> impl Iterator<Item = &'static Case> {
    suite().filter(|case| case.operation == operation.id)
}

/// How many cases of each role an operation has.
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
