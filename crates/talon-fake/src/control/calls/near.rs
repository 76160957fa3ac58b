//! What a request that matches no operation was close to.

use std::fmt;

use http::Method;
use serde::{Serialize, Serializer};
use talon_core::document::did_you_mean;
use talon_core::{OPERATIONS, OperationInfo};

/// Cost of a segment that is missing or too many, and of one that is another word.
const OTHER: u32 = 4;

/// Cost of a misspelt word.
const MISSPELT: u32 = 1;

/// Cost of another method, less than that of another word.
const OTHER_METHOD: u32 = 2;

/// Cost of a method that reads in place of one that writes, or the reverse.
const OTHER_PURPOSE: u32 = 3;

/// From this cost on a request is close to no operation: two segments are wrong.
const TOO_FAR: u32 = 2 * OTHER;

/// The operation that a request was close to; from
/// [`AnyCallRecord::near`](crate::AnyCallRecord::near).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NearMiss {
    /// Id of the operation, such as `updateCustomerSessionV2`.
    pub operation: &'static str,
    /// Its HTTP method.
    pub method: &'static Method,
    /// Its path template, such as `/v2/customer_sessions/{customerSessionId}`.
    pub path: &'static str,
}

impl NearMiss {
    /// The operation that is most similar to a request; `None` where none is similar.
    #[cfg_attr(not(feature = "serve"), expect(dead_code, reason = "only a server has paths"))]
    pub(crate) fn of(method: &Method, path: &str) -> Option<Self> {
        let costs = OPERATIONS.iter().map(|operation| (cost(operation, method, path), operation));
        let (cost, nearest) = costs.min_by_key(|(cost, _)| *cost)?;
        let OperationInfo { id, method, path, .. } = nearest;
        (cost < TOO_FAR).then_some(Self { operation: id, method, path })
    }
}

/// How much a request differs from those of an operation.
fn cost(operation: &OperationInfo, method: &Method, path: &str) -> u32 {
    let method_cost = match &operation.method {
        same if same == method => 0,
        other if other.is_safe() == method.is_safe() => OTHER_METHOD,
        _ => OTHER_PURPOSE,
    };
    let known: Vec<_> = segments(operation.path).collect();
    let given: Vec<_> = segments(path).collect();
    method_cost + distance(&known, &given)
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

/// Edit distance of two paths, by segments.
fn distance(known: &[&str], given: &[&str]) -> u32 {
    // The costs of the paths up to a segment of `known`, by how many segments of `given` are used.
    let mut row: Vec<u32> = (0..).step_by(OTHER as usize).take(given.len() + 1).collect();
    for template in known {
        let mut diagonal = row[0];
        row[0] += OTHER;
        for (index, segment) in given.iter().enumerate() {
            let replaced = diagonal + segment_cost(template, segment);
            diagonal = row[index + 1];
            row[index + 1] = replaced.min(diagonal + OTHER).min(row[index] + OTHER);
        }
    }
    row.last().copied().unwrap_or_default()
}

fn segment_cost(template: &str, segment: &str) -> u32 {
    if template.starts_with('{') || template == segment {
        0
    } else if segment.len() <= 2 * template.len() && did_you_mean(segment, [template]).is_some() {
        MISSPELT
    } else {
        OTHER
    }
}

/// A question, such as `did you mean PUT /v2/customer_sessions/{customerSessionId}?`.
impl fmt::Display for NearMiss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "did you mean {} {}?", self.method, self.path)
    }
}

/// The operation that a request was close to, and a question.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "NearMiss"))]
pub(super) struct Shown<'a> {
    operation: &'a str,
    method: &'a str,
    path: &'a str,
    hint: String,
}

impl Serialize for NearMiss {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { operation, method, path } = self;
        Shown { operation, method: method.as_str(), path, hint: self.to_string() }
            .serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(method: &str, path: &str) -> Option<&'static str> {
        let method = method.parse().expect("a method");
        NearMiss::of(&method, path).map(|near| near.operation)
    }

    #[test]
    fn a_misspelt_path_and_another_method_are_near() {
        for (method, path, operation) in [
            ("PUT", "/v2/customer_session/cart-1", Some("updateCustomerSessionV2")),
            ("PUT", "/v2/customerSessions/cart-1", Some("updateCustomerSessionV2")),
            ("POST", "/v2/customer_sessions/cart-1", Some("updateCustomerSessionV2")),
            ("PUT", "/api/v2/customer_sessions/cart-1", Some("updateCustomerSessionV2")),
            ("PUT", "/v2/customer_profile/anna", Some("updateCustomerProfileV2")),
            ("PATCH", "/v2/customer_profiles/anna", Some("updateCustomerProfileV2")),
            ("POST", "/v1/event", Some("trackEvent")),
            ("GET", "/v1/customer_profiles/anna/inventroy", Some("getCustomerInventory")),
            ("GET", "/", None),
            ("GET", "/favicon.ico", None),
            ("POST", "/graphql/api/query", None),
        ] {
            assert_eq!(near(method, path), operation, "{method} {path}");
        }
    }
}
