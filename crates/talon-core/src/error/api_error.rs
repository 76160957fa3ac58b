//! Refusals of the service.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;

use super::Problem;
use super::error_body::{self, ErrorResponse};
use super::excerpt::SingleLine;

/// A refusal of the service: HTTP status, message and problems.
///
/// Decodes both schemas of the API, `ErrorResponse` and `ErrorResponseWithStatus`, and keeps the raw
/// body. A member of another type does not hide the others. If the body has another form, such as
/// `{"error": "…"}`, plain text or the HTML page of a proxy, the message is its first 200 characters.
/// `Display` writes each text on one line, without control characters, up to 1000 characters of it.
/// Two refusals are equal when status, message and problems are.
///
/// ```
/// use talon_core::{ApiError, Error, Problem};
///
/// // A reply of a test double.
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
    response: ErrorResponse,
    body: Bytes,
}

impl ApiError {
    /// A refusal with a message and no problems.
    ///
    /// Its body has the schema `ErrorResponse` for status 400 and `ErrorResponseWithStatus` for any
    /// other. Some operations use the latter for 400 as well:
    /// see [`with_status_code`](Self::with_status_code).
    pub fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self::with_problems(status, message, Vec::new())
    }

    /// A refusal with a message and a list of problems.
    pub fn with_problems(
        status: StatusCode,
        message: impl Into<String>,
        problems: Vec<Problem>,
    ) -> Self {
        let with_status = status != StatusCode::BAD_REQUEST;
        let response = ErrorResponse {
            message: message.into(),
            errors: problems,
            status_code: with_status.then(|| status.as_u16().into()),
        };
        Self::from_schema(status, response)
    }

    fn from_schema(status: StatusCode, response: ErrorResponse) -> Self {
        let body =
            serde_json::to_vec(&response).expect("texts and numbers always have a JSON form");
        Self { status, response, body: body.into() }
    }

    /// Changes the schema of the body to `ErrorResponseWithStatus`, which includes the status.
    #[must_use]
    pub fn with_status_code(self) -> Self {
        let status_code = Some(self.status.as_u16().into());
        Self::from_schema(self.status, ErrorResponse { status_code, ..self.response })
    }

    /// A refusal with status 400, one problem, and the message `The submitted data was invalid`.
    pub fn invalid(problem: Problem) -> Self {
        let message = "The submitted data was invalid";
        Self::with_problems(StatusCode::BAD_REQUEST, message, vec![problem])
    }

    /// The refusal with status 401 of a request whose API key is missing, unknown or expired.
    pub fn unauthorized() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Unauthorized - Invalid API key")
    }

    /// Decodes status and body of a reply. A body of any form is accepted.
    pub fn from_response(status: StatusCode, body: Bytes) -> Self {
        let response = error_body::read(&body);
        Self { status, response, body }
    }

    /// HTTP status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Message of the service, unchanged; may be empty.
    ///
    /// If the body has another form, this is its text on one line, cut after 200 characters.
    pub fn message(&self) -> &str {
        &self.response.message
    }

    /// Problems of the request; may be empty.
    pub fn problems(&self) -> &[Problem] {
        &self.response.errors
    }

    /// Raw body of the reply.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The refusal as a reply over HTTP, with a JSON body.
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
        self.status == other.status && self.response == other.response
    }
}

impl Eq for ApiError {}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("status", &self.status.as_u16())
            .field("message", &self.response.message)
            .field("problems", &self.response.errors)
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status.as_u16())?;
        if !self.response.message.is_empty() {
            write!(f, " {}", SingleLine::new(&self.response.message))?;
        }
        for problem in &self.response.errors {
            write!(f, "; {}", SingleLine::new(&problem.title))?;
            if let Some(details) = &problem.details {
                write!(f, ": {}", SingleLine::new(details))?;
            }
            if let Some(pointer) = &problem.source.pointer {
                write!(f, " ({})", SingleLine::new(pointer))?;
            }
            if let Some(parameter) = &problem.source.parameter {
                write!(f, " (parameter {})", SingleLine::new(parameter))?;
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

        let plain = ApiError::from_response(StatusCode::BAD_REQUEST, Bytes::from_static(plain));
        let with_status =
            ApiError::from_response(StatusCode::UNAUTHORIZED, Bytes::from_static(with_status));

        assert_eq!(plain.problems()[0].source.pointer.as_deref(), Some("/state"));
        assert_eq!(with_status.message(), "Unauthorized - Invalid API key");
    }

    #[test]
    fn a_page_of_a_proxy_is_kept() {
        let page = Bytes::from_static(b"<html>bad gateway</html>");

        let refusal = ApiError::from_response(StatusCode::BAD_GATEWAY, page.clone());

        assert_eq!(refusal.to_string(), "502 bad gateway");
        assert_eq!(refusal.body(), &page);
    }

    #[test]
    fn printed_text_is_bounded_and_has_no_control_characters() {
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

        let refusal = ApiError::from_response(StatusCode::CONFLICT, Bytes::from_static(body));

        assert_eq!(refusal.to_string(), "409 Too many requests; later");
    }

    #[test]
    fn a_refusal_survives_the_wire() {
        let refusal = ApiError::invalid(Problem::at("/state", "enum", "no such state"));

        let back = ApiError::from_response(refusal.status(), refusal.body().clone());

        assert_eq!(back, refusal);
    }

    #[test]
    fn a_body_that_names_the_status_lists_its_errors() {
        let plain = ApiError::new(StatusCode::BAD_REQUEST, "no");

        assert_eq!(plain.body(), r#"{"message":"no"}"#);
        let named = plain.clone().with_status_code();
        assert_eq!(named.body(), r#"{"message":"no","errors":[],"StatusCode":400}"#);
        assert_ne!(named, plain);
        assert_eq!(named, ApiError::from_response(named.status(), named.body().clone()));
    }
}
