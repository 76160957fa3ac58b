//! Endpoints of the control API: what a route is, and how a request finds its own.

use http::Method;
use percent_encoding::percent_decode_str;

use super::body::Reply;
use super::request::ControlRequest;

/// An endpoint: its method and path, and the function that answers.
#[derive(Debug)]
pub(super) struct Endpoint {
    /// A template, such as `/_fake/coupons/{value}`.
    pub(super) path: &'static str,
    pub(super) method: Method,
    /// What it does, in one sentence.
    #[expect(dead_code, reason = "only documentation shows it")]
    pub(super) summary: &'static str,
    pub(super) query: &'static [QueryParameter],
    pub(super) answer: fn(&ControlRequest<'_>) -> Reply,
}

/// A parameter of a query: its name, and what it means.
pub(super) type QueryParameter = (&'static str, &'static str);

impl Endpoint {
    pub(super) const fn new(
        method: Method,
        path: &'static str,
        summary: &'static str,
        answer: fn(&ControlRequest<'_>) -> Reply,
    ) -> Self {
        Self { path, method, summary, query: &[], answer }
    }

    pub(super) const fn query(mut self, query: &'static [QueryParameter]) -> Self {
        self.query = query;
        self
    }

    /// Values of the parameters of the template in a path; `None` of another path.
    pub(super) fn params(&self, path: &str) -> Option<Vec<String>> {
        let (mut known, mut given) = (self.path.split('/'), path.split('/'));
        let mut params = Vec::new();
        loop {
            match (known.next(), given.next()) {
                (None, None) => return Some(params),
                (Some(template), Some(segment)) if template.starts_with('{') => {
                    let text = percent_decode_str(segment).decode_utf8().ok()?;
                    params.push(Some(text.into_owned()).filter(|text| !text.is_empty())?);
                }
                (Some(word), Some(segment)) if word == segment => {}
                _ => return None,
            }
        }
    }
}
