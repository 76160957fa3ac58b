//! The `Idempotency-Key` of a request.

use http::{HeaderMap, StatusCode};
use talon_core::operation::IDEMPOTENCY_KEY;
use talon_core::{ApiError, OperationInfo, Result};

use crate::Fake;
use crate::operations::Execute;
use crate::state::{Claim, RequestName};

/// Longest key.
const MAX_LENGTH: usize = 255;

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
/// of the query. So a dry run and the call after it are two requests. Our choice, since it is not
/// documented: a request with the same key and another body gets the stored reply, and one that
/// comes while the first is executed gets a 409.
pub(super) fn claim<O: Execute>(fake: &Fake, request: &O, key: Option<&str>) -> Result<Claim> {
    let Some(key) = key else { return Ok(Claim::NoKey) };
    let name = RequestName {
        method: O::INFO.method.to_string(),
        target: without_defaults(&request.target()?),
        key: key.to_owned(),
    };
    match Claim::new(&fake.state(), name) {
        Claim::UnderWay => Err(O::with_operation(in_progress().into())),
        claim => Ok(claim),
    }
}

/// A target without parameters that are `false`: that is their default.
fn without_defaults(target: &str) -> String {
    let Some((path, query)) = target.split_once('?') else { return target.to_owned() };
    let others: Vec<&str> = query.split('&').filter(|pair| !pair.ends_with("=false")).collect();
    if others.is_empty() { path.to_owned() } else { format!("{path}?{}", others.join("&")) }
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
        let all = ["/a", "/a?dry=false", "/a?runRuleEngine=false&dry=false"].map(without_defaults);
        assert_eq!(all, ["/a"; 3]);
        assert_eq!(without_defaults("/a?runRuleEngine=true&dry=false"), "/a?runRuleEngine=true");
    }

    #[test]
    fn updates_of_sessions_and_profiles_accept_the_header() {
        let known = OPERATIONS.iter().filter(|operation| operation.idempotency_key);

        let known: Vec<_> = known.map(|operation| operation.id).collect();

        assert_eq!(known, ["updateCustomerProfileV2", "updateCustomerSessionV2"]);
    }
}
