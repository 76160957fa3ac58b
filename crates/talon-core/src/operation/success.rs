//! Statuses of success.

use http::StatusCode;

/// Whether HTTP forbids a body with this status.
pub(super) const fn forbids_body(status: StatusCode) -> bool {
    matches!(status.as_u16(), 204 | 205)
}

/// Checks at compile time that the status of a reply follows from its value.
///
/// # Panics
/// When two statuses have a body, or two have none, or no status is declared.
pub(super) const fn check(statuses: &[StatusCode]) {
    let (mut index, mut with_body) = (0, 0);
    while index < statuses.len() {
        if !forbids_body(statuses[index]) {
            with_body += 1;
        }
        index += 1;
    }
    let without_body = statuses.len() - with_body;
    assert!(!statuses.is_empty(), "an operation has at least one status of success");
    assert!(with_body <= 1 && without_body <= 1, "the value of a reply must decide its status");
}
