//! Requests out of and into values.

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use talon_json::{DecodeError, Options};

use super::path::{self, PathParams};
use super::{OperationInfo, QueryParam};
#[cfg(feature = "document")]
use crate::document::Document;
use crate::json;
use crate::param::PathParam;
use crate::{ApiError, Error, ErrorKind, Problem, Result};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Collects the parts of a request as an operation names them.
#[derive(Debug)]
pub struct RequestWriter {
    info: &'static OperationInfo,
    /// What of the template is still to be written.
    template: &'static str,
    path: String,
    query: String,
    wants_body: bool,
    body: Option<Bytes>,
}

impl RequestWriter {
    pub(super) fn new(info: &'static OperationInfo) -> Self {
        Self {
            info,
            template: info.path,
            path: String::with_capacity(info.path.len() + 32),
            query: String::new(),
            wants_body: true,
            body: None,
        }
    }

    pub(super) fn without_body(info: &'static OperationInfo) -> Self {
        let mut writer = Self::new(info);
        writer.wants_body = false;
        writer
    }

    /// Writes the path up to and with the parameter `name`.
    ///
    /// # Errors
    /// [`Encode`](ErrorKind::Encode) when the value is empty, `.` or `..`.
    pub fn path<T: PathParam>(&mut self, name: &'static str, value: &T) -> Result<()> {
        let (before, rest) = self.template.split_once('{').ok_or_else(|| no_parameter(name))?;
        let (_, rest) = rest.split_once('}').ok_or_else(|| no_parameter(name))?;
        self.path.push_str(before.trim_end_matches('/'));
        self.template = rest;
        path::push_segment(&mut self.path, &value.to_segment()).map_err(|reason| {
            Error::new(ErrorKind::Encode, format!("cannot be sent: {name} {reason}"))
        })
    }

    /// Adds the query parameter `name`, unless it has no value.
    ///
    /// # Errors
    /// [`Encode`](ErrorKind::Encode) when no query can carry the value.
    pub fn query<T: QueryParam>(&mut self, name: &'static str, value: &T) -> Result<()> {
        let texts = value.to_query().map_err(|reason| {
            Error::new(ErrorKind::Encode, format!("cannot be sent: {name} {reason}"))
        })?;
        for text in texts {
            self.query.reserve(name.len() + text.len() + "&=".len());
            if !self.query.is_empty() {
                self.query.push('&');
            }
            self.query.extend(form_urlencoded::byte_serialize(name.as_bytes()));
            self.query.push('=');
            self.query.extend(form_urlencoded::byte_serialize(text.as_bytes()));
        }
        Ok(())
    }

    /// Makes `value` the body.
    ///
    /// # Errors
    /// [`Encode`](ErrorKind::Encode) when it has no JSON form.
    pub fn json<T: Serialize>(&mut self, value: &T) -> Result<()> {
        if self.wants_body {
            self.body = Some(json::to_vec(value)?.into());
        }
        Ok(())
    }

    /// Path and query.
    pub(super) fn target(mut self) -> String {
        self.path.push_str(self.template);
        if !self.query.is_empty() {
            self.path.push('?');
            self.path.push_str(&self.query);
        }
        self.path
    }

    pub(super) fn finish(mut self) -> Result<http::Request<Bytes>> {
        let body = self.body.take();
        let mut request =
            http::Request::builder().method(self.info.method.clone()).header(ACCEPT, JSON);
        if body.is_some() {
            request = request.header(CONTENT_TYPE, JSON);
        }
        request.uri(self.target()).body(body.unwrap_or_default()).map_err(|error| {
            let message = "cannot be sent: its path is too long";
            Error::builder(ErrorKind::Encode, message).source(error).build()
        })
    }
}

fn no_parameter(name: &str) -> Error {
    Error::new(ErrorKind::Encode, format!("cannot be sent: its path has no {name}"))
}

/// Gives an operation the parts of a request by name.
#[derive(Debug)]
pub struct RequestReader<'a> {
    info: &'static OperationInfo,
    path: PathParams<'a>,
    query: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    body: Body<'a>,
}

#[derive(Debug)]
enum Body<'a> {
    Bytes(&'a [u8]),
    #[cfg(feature = "document")]
    Document(&'a Document<'a>),
}

impl<'a> RequestReader<'a> {
    pub(super) fn new(
        info: &'static OperationInfo,
        request: &'a http::Request<Bytes>,
    ) -> Result<Self> {
        let uri = request.uri();
        let path = match path::match_path(info.path, uri.path()) {
            Some(Ok(path)) => path,
            Some(Err(name)) => {
                let problem = Problem::parameter(name, "Invalid", "must be UTF-8, percent-encoded");
                return Err(info.in_schema(ApiError::invalid(problem)).into());
            }
            None => return Err(ApiError::new(StatusCode::NOT_FOUND, "Not found").into()),
        };
        let query = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).collect();
        Ok(Self { info, path, query, body: Body::Bytes(request.body()) })
    }

    /// A reader of values that were given by name, not over HTTP: a command line, a form.
    ///
    /// `values` is asked for each path parameter and each query parameter of the operation.
    pub fn from_values<V: IntoIterator<Item = &'a str>>(
        info: &'static OperationInfo,
        values: impl Fn(&str) -> V,
        body: &'a [u8],
    ) -> Self {
        Self::from_parts(info, values, Body::Bytes(body))
    }

    /// As [`from_values`](Self::from_values), with a body that people wrote: what does not fit is told
    /// with line and column, and the document keeps the members that the request has no place for.
    #[cfg(feature = "document")]
    pub fn from_document<V: IntoIterator<Item = &'a str>>(
        info: &'static OperationInfo,
        values: impl Fn(&str) -> V,
        body: &'a Document<'a>,
    ) -> Self {
        Self::from_parts(info, values, Body::Document(body))
    }

    fn from_parts<V: IntoIterator<Item = &'a str>>(
        info: &'static OperationInfo,
        values: impl Fn(&str) -> V,
        body: Body<'a>,
    ) -> Self {
        let path = info
            .path_params()
            .map(|name| (name, values(name).into_iter().next().unwrap_or_default().into()));
        let query = info.query.iter().flat_map(|name| {
            values(name).into_iter().map(|text| (Cow::from(*name), Cow::from(text)))
        });
        Self { info, path: path.collect(), query: query.collect(), body }
    }

    /// Reads the path parameter `name`.
    ///
    /// # Errors
    /// [`Api`](ErrorKind::Api) with status 404 when it does not fit: nothing has such an id.
    pub fn path<T: PathParam>(&self, name: &'static str) -> Result<T> {
        let segment = self.path.iter().find(|(param, _)| *param == name);
        let segment = segment.map_or("", |(_, text)| text);
        T::from_segment(segment).map_err(|reason| {
            let problem = Problem::parameter(name, "Invalid", format!("{name} {reason}"));
            let refusal =
                ApiError::with_problems(StatusCode::NOT_FOUND, "Not found", vec![problem]);
            self.info.in_schema(refusal).into()
        })
    }

    /// Reads the query parameter `name`.
    ///
    /// # Errors
    /// [`Api`](ErrorKind::Api) with status 400 when it does not fit.
    pub fn query<T: QueryParam>(&self, name: &'static str) -> Result<T> {
        let named = self.query.iter().filter(|(key, _)| key == name);
        let values: Vec<&str> = named.map(|(_, value)| value.as_ref()).collect();
        T::from_query(&values).map_err(|reason| {
            let details = format!("{name} {reason}");
            self.refused(Problem::parameter(name, "Invalid type", details)).into()
        })
    }

    fn refused(&self, problem: Problem) -> ApiError {
        self.info.in_schema(ApiError::invalid(problem))
    }

    /// Reads the body.
    ///
    /// # Errors
    /// [`Api`](ErrorKind::Api) with status 400 and a pointer when it is no JSON or does not fit.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        #[cfg_attr(
            not(feature = "document"),
            expect(clippy::infallible_destructuring_match, reason = "with a document it may fail")
        )]
        let body = match self.body {
            Body::Bytes(body) => body,
            #[cfg(feature = "document")]
            Body::Document(document) => {
                return document
                    .decode_strictly()
                    .map_err(|error| self.refused(error.to_problem()).into());
            }
        };
        let read = Options::new().strict().from_slice(body);
        read.map_err(|error| self.refused_body(error))
    }

    /// The refusal of a body that does not fit.
    fn refused_body(&self, error: DecodeError) -> Error {
        let details = error.cause().to_string().replace("expected i64", "expected a whole number");
        let pointer = error.pointer().to_owned();
        let (title, pointer) = match error.missing_member() {
            Some(member) => ("Missing", format!("{pointer}/{member}")),
            None if error.cause().is_data() => ("Invalid type", pointer),
            // The path leads to the first value that is too deep, over names that were read.
            None if details.starts_with("recursion limit exceeded") => ("maxDepth", pointer),
            None => ("Invalid JSON", String::new()),
        };
        let refusal = self.refused(Problem::at(pointer, title, details));
        Error::from(refusal).into_builder().source(error.into_cause()).build()
    }
}
