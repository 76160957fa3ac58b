//! The `Idempotency-Key` of a request.

use http::{HeaderMap, StatusCode};
use talon_core::operation::IDEMPOTENCY_KEY;
use talon_core::{ApiError, OperationInfo, Result};

use crate::Fake;
use crate::operations::Execute;
use crate::state::{Claim, RequestName};
use crate::world::KeyType;

/// Longest key.
const MAX_LENGTH: usize = 255;

/// Query parameter of a dry run.
const DRY: &str = "dry=true";

/// Key of a request, if its operation accepts one.
pub(super) fn key<'h>(
    operation: &OperationInfo,
    headers: &'h HeaderMap,
) -> Result<Option<&'h str>, ApiError> {
    let header = headers.get(IDEMPOTENCY_KEY).filter(|_| operation.idempotency_key);
    let Some(header) = header else { return Ok(None) };
    let key = header.to_str().ok().filter(|key| (1..=MAX_LENGTH).contains(&key.len()));
    key.map(Some).ok_or_else(|| operation.in_schema(invalid_key()))
}

/// Claims the reply to a request with a key.
///
/// Two requests are the same if they have the same key, operation, path and query, in any spelling
/// of the query. So a dry run and the call after it are two requests; a request with an API key for
/// tests is a dry run. Our choice, since it is not
/// documented: a request with the same key and another body gets the stored reply, and one that
/// comes while the first is executed gets a 409.
pub(super) fn claim<O: Execute>(
    fake: &Fake,
    request: &O,
    key_type: KeyType,
    key: Option<&str>,
) -> Result<Claim> {
    let Some(key) = key else { return Ok(Claim::NoKey) };
    let name = RequestName {
        method: O::INFO.method.to_string(),
        target: in_one_spelling(&request.target()?, key_type == KeyType::Testing),
        key: key.to_owned(),
    };
    match Claim::new(&fake.state(), name) {
        Claim::UnderWay => Err(O::with_operation(in_progress().into())),
        claim => Ok(claim),
    }
}

/// A target without parameters that are `false`, which is their default, and with the one of a dry run
/// if it is one.
fn in_one_spelling(target: &str, is_dry: bool) -> String {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let given = |pair: &&str| !pair.is_empty() && !pair.ends_with("=false");
    let mut parameters: Vec<&str> = query.split('&').filter(given).collect();
    if is_dry && !parameters.contains(&DRY) {
        parameters.push(DRY);
    }
    if parameters.is_empty() { path.to_owned() } else { format!("{path}?{}", parameters.join("&")) }
}

fn invalid_key() -> ApiError {
    let message = format!("The Idempotency-Key must have 1 to {MAX_LENGTH} characters of ASCII");
    ApiError::new(StatusCode::BAD_REQUEST, message)
}

fn in_progress() -> ApiError {
    let message = "Conflict: a request with this Idempotency-Key is under way";
    ApiError::new(StatusCode::CONFLICT, message)
}

#[cfg(test)]
mod tests {
    use talon_core::OPERATIONS;
    use talon_core::model::NewCustomerProfile;
    use talon_core::operations::UpdateCustomerProfileV2;

    use super::*;
    use crate::World;

    fn claim_of(fake: &Fake, profile: &str) -> Result<Claim> {
        claim(
            fake,
            &UpdateCustomerProfileV2::new(profile, NewCustomerProfile::default()),
            KeyType::Production,
            Some("5a3c"),
        )
    }

    #[test]
    fn a_repeat_while_the_first_is_executed_is_a_conflict() {
        let fake = Fake::new(World::new()).expect("a world");
        let Ok(Claim::New(first)) = claim_of(&fake, "anna") else { panic!("it is the first") };

        let refusal = claim_of(&fake, "anna").unwrap_err().into_api().expect("a refusal");
        assert_eq!(refusal.status(), StatusCode::CONFLICT);

        drop(first);
        assert!(matches!(claim_of(&fake, "anna"), Ok(Claim::New(_))));
    }

    #[test]
    fn parameters_that_are_false_are_no_part_of_a_request() {
        let all = ["/a", "/a?dry=false", "/a?runRuleEngine=false&dry=false"]
            .map(|it| in_one_spelling(it, false));
        assert_eq!(all, ["/a"; 3]);
        let some = in_one_spelling("/a?runRuleEngine=true&dry=false", false);
        assert_eq!(some, "/a?runRuleEngine=true");
    }

    #[test]
    fn requests_with_a_key_for_tests_are_dry_runs() {
        let all = ["/a", "/a?dry=false", "/a?dry=true"].map(|it| in_one_spelling(it, true));
        assert_eq!(all, ["/a?dry=true"; 3]);
    }

    #[test]
    fn operations_of_the_specification_accept_the_header() {
        let known = OPERATIONS.iter().filter(|operation| operation.idempotency_key);

        let known: Vec<_> = known.map(|operation| operation.id).collect();

        let updates =
            ["updateCustomerProfileV2", "updateCustomerProfilesV2", "updateCustomerSessionV2"];
        let others = ["reopenCustomerSession", "returnCartItems", "trackEventV2"];
        assert_eq!(known, [&others[..], &updates[..]].concat());
    }
}
