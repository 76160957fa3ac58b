//! The control API under `/_fake/`.

use std::net::SocketAddr;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, Method, Request, Response, StatusCode, Uri};
use talon_core::ApiError;
use talon_core::auth::ApiKey;

use super::Worlds;

mod body;
mod browser;
mod calls;
mod clock;
mod endpoint;
mod faults;
mod lists;
mod openapi;
mod page;
mod request;
mod routes;
mod rows;
mod settings;
mod state;
mod world;

/// Header with the control token.
const TOKEN: &str = "x-control-token";

/// Access to the control API of a served fake.
///
/// The control API resets worlds, moves clocks and plans faults. So an API key is enough only where
/// no other machine can reach the server. The README lists its paths.
///
/// ```
/// use talon_fake::ControlAccess;
///
/// let near = ControlAccess::at(([127, 0, 0, 1], 8080), None);
/// let far = ControlAccess::at(([0, 0, 0, 0], 8080), None);
/// assert_eq!(format!("{near:?} {far:?}"), "ControlAccess(open) ControlAccess(off)");
/// ```
#[derive(Clone)]
pub struct ControlAccess(Access);

#[derive(Clone)]
enum Access {
    Open,
    Token(ApiKey),
    Off,
}

impl ControlAccess {
    /// Open to requests for a name of this machine, such as `localhost` or `127.0.0.1`, but not to
    /// web pages; for loopback interfaces.
    pub fn open() -> Self {
        Self(Access::Open)
    }

    /// Open to requests with the token in the header `X-Control-Token`. An empty token switches the
    /// control API off.
    pub fn with_token(token: impl Into<String>) -> Self {
        let token = token.into();
        if token.is_empty() { Self::off() } else { Self(Access::Token(ApiKey::new(token))) }
    }

    /// Off: every request is refused.
    pub fn off() -> Self {
        Self(Access::Off)
    }

    /// The safe choice for an address: with a token as [`with_token`](Self::with_token), without one
    /// as [`open`](Self::open) on a loopback interface and [`off`](Self::off) elsewhere.
    pub fn at(address: impl Into<SocketAddr>, token: Option<&str>) -> Self {
        match token {
            Some(token) => Self::with_token(token),
            None if address.into().ip().is_loopback() => Self::open(),
            None => Self::off(),
        }
    }

    pub(super) fn handle(&self, worlds: &Worlds, request: &Request<Bytes>) -> Response<Bytes> {
        if self.shows_page(request.method(), request.uri()) {
            return page::reply(request.uri().path());
        }
        let authorized = self.authorize(request.uri(), request.headers());
        let reply = authorized.and_then(|()| routes::handle(worlds, request));
        reply.unwrap_or_else(|refusal| refusal.to_http())
    }

    /// Refuses a request by its head alone, before its body is read.
    pub(super) fn refuse_early(&self, head: &Parts) -> Option<Response<Bytes>> {
        if self.shows_page(&head.method, &head.uri) {
            return None;
        }
        match self.authorize(&head.uri, &head.headers) {
            Ok(()) => routes::find(&head.method, head.uri.path()).err().map(|reply| *reply),
            Err(refusal) => Some(refusal.to_http()),
        }
    }

    fn shows_page(&self, method: &Method, uri: &Uri) -> bool {
        !matches!(self.0, Access::Off) && page::is_for(method, uri.path())
    }

    fn authorize(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), ApiError> {
        let forbidden = |message| Err(ApiError::new(StatusCode::FORBIDDEN, message));
        match &self.0 {
            Access::Off => forbidden("The control API is off: it needs a control token here"),
            Access::Open if !browser::is_local(uri, headers) => forbidden(
                "Without a control token the control API is reached by names of this machine alone, \
                 such as localhost or 127.0.0.1",
            ),
            Access::Open if browser::is_from_page(headers) => {
                forbidden("The control API takes no requests of web pages without a control token")
            }
            Access::Open => Ok(()),
            Access::Token(token) => {
                let sent = headers.get(TOKEN).and_then(|sent| sent.to_str().ok());
                if sent.is_some_and(|sent| token.matches(sent)) {
                    return Ok(());
                }
                let message = "Unauthorized - the control token is missing or wrong";
                Err(ApiError::new(StatusCode::UNAUTHORIZED, message))
            }
        }
    }
}

/// Whether a path belongs to the control API.
pub(super) fn has_path(path: &str) -> bool {
    path == "/_fake" || path.starts_with("/_fake/")
}

impl std::fmt::Debug for ControlAccess {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.0 {
            Access::Open => "ControlAccess(open)",
            Access::Token(_) => "ControlAccess(token)",
            Access::Off => "ControlAccess(off)",
        })
    }
}
