//! Operations of today's service that this fake does not implement.

use bytes::Bytes;
use http::request::Parts;
use http::{Method, Response, StatusCode};
use talon_core::ApiError;
use talon_core::dispatch::NoRoute;
use talon_server::{Applications, Fallback, NotFound};

use super::authenticator::Keys;
use super::worlds::api_key_of;
use super::{Worlds, untyped};

/// Answers requests that match no operation of this fake, and records them.
///
/// An operation that the service has needs a valid API key first, as every operation does.
#[derive(Clone, Debug)]
pub(super) struct NotImplemented {
    keys: Keys,
}

impl NotImplemented {
    pub(super) fn new(worlds: Worlds) -> Self {
        Self { keys: Keys(worlds) }
    }

    fn is_authorized(&self, head: &Parts) -> bool {
        api_key_of(&head.headers).is_some_and(|key| self.keys.by_key(&key).is_some())
    }
}

impl Fallback for NotImplemented {
    fn answer(&self, head: &Parts, no_route: &NoRoute) -> Response<Bytes> {
        let reply = match refusal(&head.method, head.uri.path()) {
            Some(_) if !self.is_authorized(head) => ApiError::unauthorized().to_http(),
            Some(refusal) => refusal.to_http(),
            None => NotFound.answer(head, no_route),
        };
        // `OPTIONS` asks for the methods of a path, and calls no operation.
        if head.method != Method::OPTIONS {
            let fake = self.keys.0.for_request(&head.headers);
            untyped::record(&fake, None, &head.method, &head.uri, reply.status());
        }
        reply
    }
}

/// Id, method and path of an operation; a star is any segment.
type UnimplementedOperation = (&'static str, Method, &'static str);

const NOT_IMPLEMENTED: &[UnimplementedOperation] = &[
    ("generateLoyaltyCard", Method::POST, "/v1/loyalty_programs/*/cards"),
    ("getLoyaltyCardBalances", Method::GET, "/v1/loyalty_programs/*/cards/*/balances"),
    ("getLoyaltyCardPoints", Method::GET, "/v1/loyalty_programs/*/cards/*/points"),
    ("getLoyaltyCardTransactions", Method::GET, "/v1/loyalty_programs/*/cards/*/transactions"),
    ("linkLoyaltyCardToProfile", Method::POST, "/v2/loyalty_programs/*/cards/*/link_profile"),
    ("unlinkLoyaltyCardFromProfile", Method::POST, "/v2/loyalty_programs/*/cards/*/unlink_profile"),
];

/// The 501 of an operation that only the service has. A 404 would be about the ids in its path.
fn refusal(method: &Method, path: &str) -> Option<ApiError> {
    let of_this =
        |(_, its, template): &&UnimplementedOperation| its == method && fits(path, template);
    let (id, ..) = NOT_IMPLEMENTED.iter().find(of_this)?;
    let message = format!("Not implemented: this fake does not model {id}");
    Some(ApiError::new(StatusCode::NOT_IMPLEMENTED, message))
}

fn fits(path: &str, template: &str) -> bool {
    let (mut path, mut template) = (path.split('/'), template.split('/'));
    loop {
        match (path.next(), template.next()) {
            (None, None) => return true,
            (Some(segment), Some("*")) if !segment.is_empty() => {}
            (Some(segment), Some(word)) if segment == word => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use talon_core::OPERATIONS;

    use super::*;

    #[test]
    fn implemented_operations_are_not_listed() {
        for (id, ..) in NOT_IMPLEMENTED {
            assert!(OPERATIONS.iter().all(|operation| operation.id != *id), "{id}");
        }
    }

    #[test]
    fn an_operation_is_found_by_its_method_and_its_path() {
        let named = |method: Method, path: &str| refusal(&method, path).map(|it| it.to_string());

        let generate = "/v1/loyalty_programs/7/cards";
        assert!(named(Method::POST, generate).unwrap().contains("generateLoyaltyCard"));
        let link = "/v2/loyalty_programs/7/cards/8/link_profile";
        assert!(named(Method::POST, link).unwrap().contains("linkLoyaltyCardToProfile"));
        for path in ["/v2/events/", "/v2", "/v3/events/", "/v3/events/a/b", "/v2/nothing"] {
            assert_eq!(named(Method::GET, path), None, "{path}");
        }
    }
}
