//! Members of requests that no operation reads.

use serde::Serialize;
use talon_core::document::{Document, did_you_mean};
use talon_core::operation::RequestReader;
use talon_core::{Operation, OperationInfo, Problem};

/// A member of a request that its operation does not have, so that the service ignores it; from
/// [`AnyCallRecord::unknown_members`](crate::AnyCallRecord::unknown_members).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct UnknownMember {
    /// Its path in the body, such as `customerSession.atributes`; of a query parameter its name after
    /// a question mark, such as `?dryRun`.
    pub path: String,
    /// A member or parameter with a similar name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub did_you_mean: Option<&'static str>,
    /// JSON pointer of a member of the body; `None` for a parameter.
    #[serde(skip)]
    pointer: Option<String>,
}

impl UnknownMember {
    /// The problem of a request that is refused because of the member.
    pub(crate) fn to_problem(&self) -> Problem {
        let near = self.did_you_mean.map(|near| format!(", did you mean `{near}`?"));
        let details = format!("unknown member{}", near.unwrap_or_default());
        match &self.pointer {
            Some(pointer) => Problem::at(pointer, "Unknown", details),
            None => Problem::parameter(self.path.trim_start_matches('?'), "Unknown", details),
        }
    }
}

impl std::fmt::Display for UnknownMember {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.path)?;
        match self.did_you_mean {
            Some(near) => write!(f, ", did you mean `{near}`?"),
            None => Ok(()),
        }
    }
}

/// Members of a request over HTTP that `O` does not have. None of a body that is no request of `O`.
pub(crate) fn unknown_members<O: Operation>(
    query: Option<&str>,
    body: &[u8],
) -> Vec<UnknownMember> {
    let mut found = unknown_parameters(O::INFO, query.unwrap_or_default());
    found.extend(unknown_in_body::<O>(body).unwrap_or_default());
    found
}

fn unknown_parameters(info: &OperationInfo, query: &str) -> Vec<UnknownMember> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let names = pairs.map(|pair| pair.split('=').next().unwrap_or(pair));
    let unknown = names.filter(|name| !info.query.contains(name));
    let unknown = unknown.map(|name| UnknownMember {
        path: format!("?{name}"),
        did_you_mean: did_you_mean(name, info.query.iter().copied()),
        pointer: None,
    });
    unknown.collect()
}

/// Decodes the body once more, with a reader that notes what is not read. `None` for a body that is no
/// JSON, and for an operation without a body.
fn unknown_in_body<O: Operation>(body: &[u8]) -> Option<Vec<UnknownMember>> {
    if !O::INFO.has_body {
        return None;
    }
    let document = Document::parse(std::str::from_utf8(body).ok()?).ok()?;
    // Parameters of paths are ids: this one fits all of them.
    let value = |name: &str| O::INFO.path_params().any(|param| param == name).then_some("1");
    // What was found before the first error is of use as well.
    let _ = O::read(&RequestReader::from_document(O::INFO, value, &document));
    let unknown = document.unknown_members().into_iter().map(|member| UnknownMember {
        path: member.path,
        did_you_mean: member.suggestion,
        pointer: Some(member.pointer),
    });
    Some(unknown.collect())
}

#[cfg(test)]
mod tests {
    use talon_core::operations::{TrackEvent, UpdateCustomerSessionV2};

    use super::*;

    fn found<O: Operation>(query: &str, body: &str) -> Vec<String> {
        let members = unknown_members::<O>(Some(query), body.as_bytes());
        members.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn unknown_members_of_body_and_query_are_found() {
        let found = found::<UpdateCustomerSessionV2>(
            "dry=true&run=1",
            r#"{"customerSession": {"atributes": {"any": 1}, "attributes": {"any": {"thing": 1}},
                "cartItems": [{"sku": "A", "quantity": 1, "prize": 5}]}, "x": 1}"#,
        );

        assert_eq!(
            found,
            [
                "?run",
                "x",
                "customerSession.atributes, did you mean `attributes`?",
                "customerSession.cartItems[0].prize, did you mean `price`?"
            ]
        );
    }

    #[test]
    fn the_problem_points_to_a_member_whatever_its_name_is() {
        let body = br#"{"customerSession": {"a.b/c[0]": 1}}"#;

        let found = unknown_members::<UpdateCustomerSessionV2>(Some("run=1"), body);

        let sources: Vec<_> = found.iter().map(|member| member.to_problem().source).collect();
        assert_eq!(sources[0].parameter.as_deref(), Some("run"));
        assert_eq!(sources[1].pointer.as_deref(), Some("/customerSession/a.b~1c[0]"));
    }

    #[test]
    fn a_body_that_is_no_json_has_no_members() {
        assert!(found::<TrackEvent>("", "{").is_empty());
        assert!(found::<TrackEvent>("", "").is_empty());
    }
}
