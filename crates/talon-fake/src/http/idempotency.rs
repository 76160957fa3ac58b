//! What a request's `Idempotency-Key` says.

use bytes::Bytes;
use http::{Request, StatusCode};
use talon_core::operation::IDEMPOTENCY_KEY;
use talon_core::{ApiError, OperationInfo, Result};

use crate::Fake;
use crate::operations::Execute;
use crate::state::{Claim, RequestName};

/// Longest key.
const MAX_LENGTH: usize = 255;

/// The key of a request, where the operation looks at it.
pub(super) fn key_of(
    operation: &OperationInfo,
    request: &Request<Bytes>,
) -> Result<Option<String>, ApiError> {
    let header = request.headers().get(IDEMPOTENCY_KEY).filter(|_| operation.idempotency_key);
    let Some(header) = header else { return Ok(None) };
    let key = header.to_str().ok().filter(|key| (1..=MAX_LENGTH).contains(&key.len()));
    key.map(|key| Some(key.to_owned())).ok_or_else(unfit)
}

/// Looks at the key of a request.
///
/// The same request is one with the same key, operation, path and query, however the query is
/// spelled: a dry run and the call after it are two. Not documented and our choice: the same key
/// with another body gets the stored reply, and one whose first request is still under way is a
/// 409.
pub(super) fn claim<O: Execute>(fake: &Fake, request: &O, key: Option<&str>) -> Result<Claim> {
    let Some(key) = key else { return Ok(Claim::NoKey) };
    let name = RequestName {
        method: O::INFO.method.to_string(),
        target: without_defaults(&request.target()?),
        key: key.to_owned(),
    };
    match Claim::new(&fake.state(), name) {
        Claim::UnderWay => Err(O::with_operation(under_way().into())),
        claim => Ok(claim),
    }
}

/// A target without the switches that are off: that is what they are when they are absent.
fn without_defaults(target: &str) -> String {
    let Some((path, query)) = target.split_once('?') else { return target.to_owned() };
    let told: Vec<&str> = query.split('&').filter(|pair| !pair.ends_with("=false")).collect();
    if told.is_empty() { path.to_owned() } else { format!("{path}?{}", told.join("&")) }
}

fn unfit() -> ApiError {
    let message = format!("The Idempotency-Key must have 1 to {MAX_LENGTH} characters of ASCII");
    ApiError::new(StatusCode::BAD_REQUEST, message)
}

fn under_way() -> ApiError {
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
    fn a_repeat_while_the_first_is_under_way_is_a_conflict() {
        let fake = Fake::new(World::new()).expect("a world");
        let Ok(Claim::New(first)) = claim_of(&fake, "anna") else { panic!("it is the first") };

        let refusal = claim_of(&fake, "anna").unwrap_err().into_api().expect("a refusal");
        assert_eq!(refusal.status(), StatusCode::CONFLICT);

        drop(first);
        assert!(matches!(claim_of(&fake, "anna"), Ok(Claim::New(_))));
    }

    #[test]
    fn switches_that_are_off_are_no_part_of_a_request() {
        let all = ["/a", "/a?dry=false", "/a?runRuleEngine=false&dry=false"].map(without_defaults);
        assert_eq!(all, ["/a"; 3]);
        assert_eq!(without_defaults("/a?runRuleEngine=true&dry=false"), "/a?runRuleEngine=true");
    }

    #[test]
    fn updates_of_sessions_and_profiles_know_the_header() {
        let known = OPERATIONS.iter().filter(|operation| operation.idempotency_key);

        let known: Vec<_> = known.map(|operation| operation.id).collect();

        assert_eq!(known, ["updateCustomerProfileV2", "updateCustomerSessionV2"]);
    }
}
