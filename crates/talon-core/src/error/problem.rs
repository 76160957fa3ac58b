//! Problems of a request, as refusals list them.

use serde::{Deserialize, Serialize};

/// One thing that is wrong with a request. Schema `APIError`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Category of the problem, such as `Unknown`, `Invalid type` or `enum`.
    #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
    pub title: String,
    /// Description of the problem.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// Where the problem is.
    #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
    pub source: ProblemSource,
}

/// Where a problem is: at most one of pointer, parameter and line, and the resource. Schema
/// `ErrorSource`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemSource {
    /// JSON pointer into the request body, such as `/customerSession/state`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// Name of a query or path parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// Line of a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// Resource that the problem is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
}

impl Problem {
    /// A problem at a JSON pointer into the request body.
    pub fn at(
        pointer: impl Into<String>,
        title: impl Into<String>,
        details: impl Into<String>,
    ) -> Self {
        let source = ProblemSource { pointer: Some(pointer.into()), ..Default::default() };
        Self { title: title.into(), details: Some(details.into()), source }
    }

    /// A problem of a query or path parameter.
    pub fn parameter(
        name: impl Into<String>,
        title: impl Into<String>,
        details: impl Into<String>,
    ) -> Self {
        let source = ProblemSource { parameter: Some(name.into()), ..Default::default() };
        Self { title: title.into(), details: Some(details.into()), source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_says_in_which_part_of_the_request_it_is() {
        let body = Problem::at("/state", "enum", "no such state").source;
        let query = Problem::parameter("dry", "Invalid", "must be true or false").source;

        assert_eq!((body.pointer.as_deref(), body.parameter), (Some("/state"), None));
        assert_eq!((query.pointer, query.parameter.as_deref()), (None, Some("dry")));
    }
}
