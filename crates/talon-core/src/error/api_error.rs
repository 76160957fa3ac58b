//! A refusal of the service, whoever produced it.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Serialize};

use super::error_body;
use super::excerpt::Line;

/// A refusal: status, message and problems, as the service words them.
///
/// Reads both shapes of the API, `ErrorResponse` and `ErrorResponseWithStatus`, of which one odd
/// member does not cost the others, and keeps the body whatever it was. Of another body, such as
/// `{"error": "…"}`, a plain text or an HTML page of a proxy, the first words are the message.
/// Printing it shows each text on one line, up to 1000 characters of it, and no control characters.
/// Two refusals are equal when their status and what they say are.
///
/// ```
/// use talon_core::{ApiError, Error, Problem};
///
/// // What a double of the service in a test may answer.
/// let problem = Problem::at("/customerSession/state", "enum", "must be one of open, closed");
/// let error: Error = ApiError::invalid(problem).into();
///
/// assert!(error.is_bad_request());
/// let refusal = error.api().expect("it was refused");
/// assert_eq!(refusal.message(), "The submitted data was invalid");
/// assert_eq!(refusal.problems()[0].source.pointer.as_deref(), Some("/customerSession/state"));
/// ```
#[derive(Clone)]
pub struct ApiError {
    status: StatusCode,
    said: ErrorResponse,
    body: Bytes,
}

/// Schemas `ErrorResponse` (2020, and some of today's 400s) and `ErrorResponseWithStatus` in one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ErrorResponse {
    pub(super) message: String,
    pub(super) errors: Vec<Problem>,
    pub(super) status_code: Option<i64>,
}

impl Serialize for ErrorResponse {
    /// A list of errors that is empty stands beside a status alone, as published replies have it.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut body = serializer.serialize_struct("ErrorResponse", 3)?;
        body.serialize_field("message", &self.message)?;
        if self.status_code.is_some() || !self.errors.is_empty() {
            body.serialize_field("errors", &self.errors)?;
        }
        if let Some(status) = self.status_code {
            body.serialize_field("StatusCode", &status)?;
        }
        body.end()
    }
}

/// One thing wrong with a request. Schema `APIError`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Sort of the problem, such as `Unknown`, `Invalid type` or `enum`.
    #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
    pub title: String,
    /// The problem in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// Where it is.
    #[serde(default, deserialize_with = "crate::wire::lenient::null_as_default")]
    pub source: ProblemSource,
}

/// Where a problem is; at most one locator, beside a resource. Schema `ErrorSource`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemSource {
    /// JSON pointer into the request body, such as `/customerSession/state`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// Name of a query parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// Line of a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// The thing the problem is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
}

impl Problem {
    /// A problem with the request body at a JSON pointer.
    pub fn at(
        pointer: impl Into<String>,
        title: impl Into<String>,
        details: impl Into<String>,
    ) -> Self {
        let source = ProblemSource { pointer: Some(pointer.into()), ..Default::default() };
        Self { title: title.into(), details: Some(details.into()), source }
    }

    /// A problem with a query parameter.
    pub fn parameter(
        name: impl Into<String>,
        title: impl Into<String>,
        details: impl Into<String>,
    ) -> Self {
        let source = ProblemSource { parameter: Some(name.into()), ..Default::default() };
        Self { title: title.into(), details: Some(details.into()), source }
    }
}

impl ApiError {
    /// A refusal with a message and no problems.
    ///
    /// Its body has the schema `ErrorResponse` for 400, `ErrorResponseWithStatus` for the others.
    /// Today's specification has the latter for the 400 of some operations, too:
    /// [`with_status_code`](Self::with_status_code).
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self::with_problems(status, message, Vec::new())
    }

    /// A refusal that says what is wrong where.
    pub fn with_problems(
        status: StatusCode,
        message: impl Into<String>,
        problems: Vec<Problem>,
    ) -> Self {
        let with_status = status != StatusCode::BAD_REQUEST;
        let said = ErrorResponse {
            message: message.into(),
            errors: problems,
            status_code: with_status.then(|| status.as_u16().into()),
        };
        Self::of(status, said)
    }

    fn of(status: StatusCode, said: ErrorResponse) -> Self {
        let body = serde_json::to_vec(&said).expect("texts and numbers always have a JSON form");
        Self { status, said, body: body.into() }
    }

    /// The same refusal with the schema `ErrorResponseWithStatus`: its body names the status.
    #[must_use]
    pub fn with_status_code(self) -> Self {
        let status_code = Some(self.status.as_u16().into());
        Self::of(self.status, ErrorResponse { status_code, ..self.said })
    }

    /// A 400 whose message is the service's own for data that does not fit.
    pub fn invalid(problem: Problem) -> Self {
        let message = "The submitted data was invalid";
        Self::with_problems(StatusCode::BAD_REQUEST, message, vec![problem])
    }

    /// Reads a refusal off the wire; never fails.
    pub fn from_wire(status: StatusCode, body: Bytes) -> Self {
        let said = error_body::read(&body);
        Self { status, said, body }
    }

    /// HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The service's message, as it is; the first words of a body of another shape, up to 200
    /// characters of them on one line; empty when nothing was said.
    pub fn message(&self) -> &str {
        &self.said.message
    }

    /// What is wrong where.
    pub fn problems(&self) -> &[Problem] {
        &self.said.errors
    }

    /// Body of the reply, raw.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The refusal as a reply.
    pub fn to_http(&self) -> http::Response<Bytes> {
        let mut response = http::Response::new(self.body.clone());
        *response.status_mut() = self.status;
        let json = http::HeaderValue::from_static("application/json");
        response.headers_mut().insert(http::header::CONTENT_TYPE, json);
        response
    }
}

impl PartialEq for ApiError {
    fn eq(&self, other: &Self) -> bool {
        self.status == other.status && self.said == other.said
    }
}

impl Eq for ApiError {}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("status", &self.status.as_u16())
            .field("message", &self.said.message)
            .field("problems", &self.said.errors)
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status.as_u16())?;
        if !self.said.message.is_empty() {
            write!(f, " {}", Line::new(&self.said.message))?;
        }
        for problem in &self.said.errors {
            write!(f, "; {}", Line::new(&problem.title))?;
            if let Some(details) = &problem.details {
                write!(f, ": {}", Line::new(details))?;
            }
            if let Some(pointer) = &problem.source.pointer {
                write!(f, " ({})", Line::new(pointer))?;
            }
            if let Some(parameter) = &problem.source.parameter {
                write!(f, " (parameter {})", Line::new(parameter))?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for ApiError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_shapes_are_read() {
        let plain =
            br#"{"message":"no","errors":[{"title":"enum","source":{"pointer":"/state"}}]}"#;
        let with_status = br#"{"message":"Unauthorized - Invalid API key","StatusCode":401}"#;

        let plain = ApiError::from_wire(StatusCode::BAD_REQUEST, Bytes::from_static(plain));
        let with_status =
            ApiError::from_wire(StatusCode::UNAUTHORIZED, Bytes::from_static(with_status));

        assert_eq!(plain.problems()[0].source.pointer.as_deref(), Some("/state"));
        assert_eq!(with_status.message(), "Unauthorized - Invalid API key");
    }

    #[test]
    fn a_page_of_a_proxy_is_kept() {
        let page = Bytes::from_static(b"<html>bad gateway</html>");

        let refusal = ApiError::from_wire(StatusCode::BAD_GATEWAY, page.clone());

        assert_eq!(refusal.to_string(), "502 bad gateway");
        assert_eq!(refusal.body(), &page);
    }

    #[test]
    fn what_is_printed_is_bounded_and_acts_on_nothing() {
        let text = format!("\u{1b}[2J{}\n200 OK", "x".repeat(5000));
        let problem = Problem { details: Some(text.clone()), ..Problem::at(&*text, &*text, "") };

        let refusal = ApiError::with_problems(StatusCode::CONFLICT, &*text, vec![problem]);

        assert_eq!(refusal.message(), text);
        let printed = refusal.to_string();
        assert!(printed.starts_with("409 \\u{1b}[2Jxxx"), "{printed}");
        assert!(!printed.contains(char::is_control) && printed.len() < 4200, "{}", printed.len());
    }

    #[test]
    fn texts_among_the_problems_do_not_hide_the_message() {
        let body = br#"{"message":"Too many requests","errors":["","later"],"StatusCode":409}"#;

        let refusal = ApiError::from_wire(StatusCode::CONFLICT, Bytes::from_static(body));

        assert_eq!(refusal.to_string(), "409 Too many requests; later");
    }

    #[test]
    fn a_refusal_survives_the_wire() {
        let refusal = ApiError::invalid(Problem::at("/state", "enum", "no such state"));

        let back = ApiError::from_wire(refusal.status(), refusal.body().clone());

        assert_eq!(back, refusal);
    }

    #[test]
    fn a_body_that_names_the_status_lists_its_errors() {
        let plain = ApiError::new(StatusCode::BAD_REQUEST, "no");

        assert_eq!(plain.body(), r#"{"message":"no"}"#);
        let named = plain.clone().with_status_code();
        assert_eq!(named.body(), r#"{"message":"no","errors":[],"StatusCode":400}"#);
        assert_ne!(named, plain);
        assert_eq!(named, ApiError::from_wire(named.status(), named.body().clone()));
    }

    #[test]
    fn a_problem_says_in_which_part_of_the_request_it_is() {
        let body = Problem::at("/state", "enum", "no such state").source;
        let query = Problem::parameter("dry", "Invalid", "must be true or false").source;

        assert_eq!((body.pointer.as_deref(), body.parameter), (Some("/state"), None));
        assert_eq!((query.pointer, query.parameter.as_deref()), (None, Some("dry")));
    }
}
