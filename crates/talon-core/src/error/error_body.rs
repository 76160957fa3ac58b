//! Body of a refusal.
//!
//! Gateways and mocks send members with other types, and bodies of other forms. What can be decoded
//! is decoded; of the rest, the text is kept.

use serde::Serialize;
use serde::ser::SerializeStruct as _;
use serde_json::{Map, Value};

use super::{Problem, ProblemSource, excerpt};
use crate::param::whole_number;

/// The schemas `ErrorResponse` and `ErrorResponseWithStatus` in one type.
///
/// The API of June 2020 has the first only; later it is the schema of some 400s.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ErrorResponse {
    pub(super) message: String,
    pub(super) errors: Vec<Problem>,
    pub(super) status_code: Option<i64>,
}

impl Serialize for ErrorResponse {
    /// Writes an empty list of errors only together with a status, as published replies do.
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

/// Maximum length of a body that is decoded as JSON, in bytes.
///
/// A refusal is short, and decoded values take many times the memory of their text.
const MAX_JSON: usize = 1 << 20;

/// Members with a message in error formats of other software, in the order of the excerpt.
const TEXTS: [&str; 9] = [
    "error",
    "error_description",
    "title",
    "detail",
    "message",
    "Message",
    "description",
    "reason",
    "fault",
];

/// Decodes a body of the API, or takes an excerpt of any other.
pub(super) fn read(body: &[u8]) -> ErrorResponse {
    let is_read = body.len() <= MAX_JSON;
    match is_read.then(|| talon_json::value_from_slice(body)) {
        Some(Ok(Value::Object(members))) => from_object(&members, body),
        Some(Ok(Value::String(text))) => from_other_format(excerpt::from_text(&text)),
        Some(Ok(value)) if is_empty_value(&value) => ErrorResponse::default(),
        _ => from_other_format(excerpt::from_body(body)),
    }
}

fn from_other_format(message: String) -> ErrorResponse {
    ErrorResponse { message, ..ErrorResponse::default() }
}

fn from_object(members: &Map<String, Value>, body: &[u8]) -> ErrorResponse {
    let mut response = ErrorResponse {
        message: members.get("message").and_then(text).unwrap_or_default(),
        errors: members.get("errors").map(problems).unwrap_or_default(),
        status_code: members.get("StatusCode").and_then(text).and_then(|code| whole_number(&code)),
    };
    let mut others = members.iter().filter(|(name, _)| *name != "StatusCode");
    if response.message.is_empty()
        && response.errors.is_empty()
        && others.any(|(_, it)| !is_empty_value(it))
    {
        let texts = texts(members).unwrap_or_else(|| String::from_utf8_lossy(body).into_owned());
        response.message = excerpt::from_text(&texts);
    }
    response
}

/// Texts of the members named in [`TEXTS`], joined.
fn texts(members: &Map<String, Value>) -> Option<String> {
    let texts = TEXTS.iter().filter_map(|name| match members.get(*name)? {
        Value::Object(inner) => texts(inner),
        other => text(other),
    });
    let texts: Vec<String> = texts.collect();
    if texts.is_empty() { None } else { Some(texts.join(": ")) }
}

/// A string unchanged, any other value as JSON; `None` for an empty value.
fn text(value: &Value) -> Option<String> {
    match value {
        value if is_empty_value(value) => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn is_empty_value(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

/// Decodes problems one by one: published replies contain plain strings and `null` among them.
fn problems(errors: &Value) -> Vec<Problem> {
    match errors {
        Value::Array(errors) => errors.iter().filter_map(problem).collect(),
        one => problem(one).into_iter().collect(),
    }
}

fn problem(error: &Value) -> Option<Problem> {
    let Value::Object(members) = error else {
        return text(error).map(|title| Problem { title, ..Problem::default() });
    };
    let member = |name| members.get(name).and_then(text);
    let problem = Problem {
        title: member("title").unwrap_or_default(),
        details: member("details"),
        source: members.get("source").map(source).unwrap_or_default(),
    };
    if problem != Problem::default() {
        return Some(problem);
    }
    text(error).map(|title| Problem { title, ..Problem::default() })
}

fn source(source: &Value) -> ProblemSource {
    let Value::Object(members) = source else {
        return ProblemSource { resource: text(source), ..ProblemSource::default() };
    };
    let member = |name| members.get(name).and_then(text);
    ProblemSource {
        pointer: member("pointer"),
        parameter: member("parameter"),
        line: member("line"),
        resource: member("resource"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(body: &str) -> String {
        read(body.as_bytes()).message
    }

    #[test]
    fn one_odd_member_does_not_cost_the_others() {
        for (body, said, code) in [
            (r#"{"message":"expired","StatusCode":"401"}"#, "expired", Some(401)),
            (r#"{"message":"expired","StatusCode":{}}"#, "expired", None),
            (r#"{"message":"expired","StatusCode":401.5,"errors":7}"#, "expired", None),
            (r#"{"message":"a \ud83d","errors":null}"#, "a \u{fffd}", None),
            (r#"{"message":{"en":"no"},"StatusCode":401}"#, r#"{"en":"no"}"#, Some(401)),
            (r#"{"message":5}"#, "5", None),
            (r#"{"message":"no","$serde_json::private::RawValue":"{"}"#, "no", None),
        ] {
            let read = read(body.as_bytes());

            assert_eq!((read.message.as_str(), read.status_code), (said, code), "{body}");
        }
    }

    #[test]
    fn of_other_shapes_the_first_words_are_told() {
        for (body, said) in [
            (r#"{"error":"no route"}"#, "no route"),
            (r#"{"error":{"code":5,"message":"no route"}}"#, "no route"),
            (r#"{"error":"invalid_key","error_description":"too old"}"#, "invalid_key: too old"),
            (r#"{"title":"Forbidden","detail":"by policy","status":403}"#, "Forbidden: by policy"),
            (r#"{"Message":"not authorized"}"#, "not authorized"),
            (r#"{"fault":{"code":7}}"#, r#"{"fault":{"code":7}}"#),
            (r#"{"code":"E1"}"#, r#"{"code":"E1"}"#),
            (r#"["no",  1]"#, r#"["no", 1]"#),
            (r#""no \u001b[1m way""#, "no \\u{1b}[1m way"),
            ("no healthy upstream", "no healthy upstream"),
            ("<h1>Bad Gateway</h1>", "Bad Gateway"),
            (r#"{"message":"cut"#, r#"{"message":"cut"#),
        ] {
            assert_eq!(message(body), said, "{body}");
        }
        let words = message(&format!(r#"{{"error":"{}"}}"#, "word ".repeat(1000)));
        assert!(words.len() < 300 && words.ends_with('…'), "{words}");
    }

    #[test]
    fn what_says_nothing_has_no_message() {
        for body in ["", " ", "{}", "null", "[]", "\"\"", r#"{"StatusCode":404,"message":""}"#] {
            assert_eq!(message(body), "", "{body}");
        }
    }

    #[test]
    fn a_problem_keeps_what_fits() {
        let body = br#"{"errors":[
            {"title":5,"details":null,"source":{"pointer":"/state","line":7}},
            {"title":"enum","source":"the coupon"},
            "", null, {}, "later", {"code":"E1"}, ["x"]
        ]}"#;

        let problems = read(body).errors;

        let titles: Vec<_> = problems.iter().map(|problem| problem.title.as_str()).collect();
        assert_eq!(titles, ["5", "enum", "later", r#"{"code":"E1"}"#, r#"["x"]"#]);
        assert_eq!(problems[0].source.pointer.as_deref(), Some("/state"));
        assert_eq!(problems[0].source.line.as_deref(), Some("7"));
        assert_eq!(problems[1].source.resource.as_deref(), Some("the coupon"));
        let problems = read(br#"{"message":"no","errors":{"name":["is missing"]}}"#).errors;
        assert_eq!(problems[0].title, r#"{"name":["is missing"]}"#);
    }

    #[test]
    fn a_large_refusal_is_not_decoded() {
        let body = format!(r#"{{"message":"no","padding":[{}0]}}"#, "0,".repeat(MAX_JSON / 2));

        let said = message(&body);

        assert!(
            said.starts_with(r#"{"message":"no","padding":[0,0,"#) && said.len() < 300,
            "{said}"
        );
    }
}
