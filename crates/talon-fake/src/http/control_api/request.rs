//! A request of the control API.

use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode};
use talon_core::document::did_you_mean;
use talon_core::operation::QueryValue as _;
use talon_core::{ApiError, Problem};

use crate::Fake;
use crate::http::Worlds;
use crate::http::worlds::api_key_of;
use crate::page::PageRequest;

/// A parameter of a query: its name, and what it means.
pub(super) type QueryParameter = (&'static str, &'static str);

/// A request, and the worlds of the server.
pub(super) struct ControlRequest<'a> {
    pub(super) worlds: &'a Worlds,
    request: &'a Request<Bytes>,
    /// Values of the parameters of the path, in their order.
    params: Vec<String>,
    id_member: Option<&'static str>,
}

impl<'a> ControlRequest<'a> {
    /// # Errors
    /// A 400 for a query parameter that the endpoint does not have.
    pub(super) fn new(
        worlds: &'a Worlds,
        request: &'a Request<Bytes>,
        params: Vec<String>,
        id_member: Option<&'static str>,
        query: &[QueryParameter],
    ) -> Result<Self, ApiError> {
        let call = Self { worlds, request, params, id_member };
        let known = || query.iter().map(|(name, _)| *name);
        match call.pairs().find(|(name, _)| known().all(|known| known != name)) {
            None => Ok(call),
            Some((name, _)) => {
                let near = did_you_mean(&name, known());
                let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                let details = format!("this path has no such parameter{near}");
                Err(ApiError::invalid(Problem::parameter(name, "Unknown", details)))
            }
        }
    }

    /// The world of the API key of the request; the first one without a key.
    pub(super) fn world(&self) -> Result<Fake, ApiError> {
        let Some(key) = api_key_of(self.request.headers()) else { return Ok(self.worlds.first()) };
        let unknown = || ApiError::new(StatusCode::NOT_FOUND, "Not found: no world has this key");
        self.worlds.world_or_fresh(key.reveal()).ok_or_else(unknown)
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    pub(super) fn body(&self) -> &Bytes {
        self.request.body()
    }

    /// The first parameter of the path.
    pub(super) fn id(&self) -> &str {
        self.params.first().map_or("", String::as_str)
    }

    /// The member of the body that is the id in the path; empty where there is none.
    pub(super) fn id_member(&self) -> &'static str {
        self.id_member.unwrap_or_default()
    }

    /// A parameter of the query; the first one of several.
    pub(super) fn query(&self, name: &str) -> Option<Cow<'_, str>> {
        self.pairs().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// A number in the query.
    pub(super) fn number(&self, name: &'static str) -> Result<Option<i64>, ApiError> {
        let Some(text) = self.query(name) else { return Ok(None) };
        i64::from_text(&text).map(Some).map_err(|expected| {
            let details = format!("{expected}, not {text}");
            ApiError::invalid(Problem::parameter(name, "Invalid", details))
        })
    }

    /// The page that `pageSize` and `skip` ask for.
    pub(super) fn page(&self) -> Result<PageRequest, ApiError> {
        let (size, skip) = (self.number("pageSize")?, self.number("skip")?);
        PageRequest::new(size, skip, PageRequest::SIZE)
    }

    fn pairs(&self) -> form_urlencoded::Parse<'_> {
        form_urlencoded::parse(self.request.uri().query().unwrap_or_default().as_bytes())
    }
}
