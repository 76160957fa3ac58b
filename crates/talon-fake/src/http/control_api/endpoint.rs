//! Endpoints of the control API: what a route is, and how a request finds its own.

use http::{Method, StatusCode};
use percent_encoding::percent_decode_str;
use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::body::Reply;
use super::request::{ControlRequest, QueryParameter};

/// An endpoint: its method and path, and the function that answers.
#[derive(Debug)]
pub(super) struct Endpoint {
    /// A template, such as `/_fake/coupons/{value}`.
    pub(super) path: &'static str,
    pub(super) method: Method,
    /// What it does, in one sentence.
    pub(super) summary: &'static str,
    pub(super) query: &'static [QueryParameter],
    /// The schema of the body of a request; `None` of one without a body.
    pub(super) body: Option<SchemaOf>,
    /// The member of the body that is the id in the path, and that the body may leave out.
    pub(super) id_member: Option<&'static str>,
    /// Status of a reply that is no refusal.
    pub(super) status: StatusCode,
    /// The schema of its body; `None` where it has none.
    pub(super) reply: Option<SchemaOf>,
    pub(super) answer: fn(&ControlRequest<'_>) -> Reply,
}

/// The schema of a type.
pub(super) type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

fn schema_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

impl Endpoint {
    pub(super) const fn new(
        method: Method,
        path: &'static str,
        summary: &'static str,
        answer: fn(&ControlRequest<'_>) -> Reply,
    ) -> Self {
        let (body, reply) = (None, None);
        Self {
            path,
            method,
            summary,
            query: &[],
            body,
            id_member: None,
            status: StatusCode::NO_CONTENT,
            reply,
            answer,
        }
    }

    /// Sets the type of the body of a request.
    pub(super) const fn body<T: JsonSchema>(mut self) -> Self {
        self.body = Some(schema_of::<T>);
        self
    }

    /// Sets the type of a row that is the body of a request, and its member that is the id in the path.
    pub(super) const fn row<T: JsonSchema>(mut self, id_member: &'static str) -> Self {
        self.id_member = Some(id_member);
        self.body::<T>()
    }

    /// Sets the type of the reply, which has the status 200.
    pub(super) const fn reply<T: JsonSchema>(mut self) -> Self {
        self.status = StatusCode::OK;
        self.reply = Some(schema_of::<T>);
        self
    }

    /// Sets the type of the reply to a request that creates something.
    pub(super) const fn created<T: JsonSchema>(mut self) -> Self {
        self.status = StatusCode::CREATED;
        self.reply = Some(schema_of::<T>);
        self
    }

    /// Names of the parameters of the template, in their order.
    pub(super) fn param_names(&self) -> impl Iterator<Item = &'static str> {
        let segments = self.path.split('/');
        segments.filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
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
