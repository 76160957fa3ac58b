//! From a request over HTTP to any implementation of the API, and back.

use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use http::header::ALLOW;
use http::{HeaderValue, Method, Request, Response, StatusCode};

use crate::api::Call;
use crate::for_each_operation;
use crate::operation::fits_path;
use crate::operations;
use crate::{ApiError, Error, ErrorKind, IntegrationApi, Operation as _, OperationInfo, Result};

/// The operation a request asks for, found by method and path alone.
#[derive(Clone, Copy)]
pub struct Route {
    info: &'static OperationInfo,
    operation: RouteOperation,
}

type ResponseFuture<'a> = Pin<Box<dyn Future<Output = Response<Bytes>> + Send + 'a>>;

/// What to do with a request of any operation.
///
/// ```
/// use talon_core::Operation;
/// use talon_core::api::Call;
/// use talon_core::dispatch::{Route, Visitor};
///
/// /// Writes what a request asks for.
/// struct Describe;
///
/// impl Visitor for Describe {
///     type Output = String;
///
///     fn visit<O: Call>(self, request: talon_core::Result<O>) -> String {
///         request.map_or_else(|error| error.to_string(), |request| format!("{request:?}"))
///     }
/// }
///
/// let request = http::Request::put("/v2/customer_profiles/anna").body("{}".into())?;
/// let route = Route::find(request.method(), request.uri().path()).expect("it is an operation");
///
/// assert!(route.visit(&request, Describe).starts_with("UpdateCustomerProfileV2 {"));
/// # Ok::<(), http::Error>(())
/// ```
pub trait Visitor {
    /// What comes of it.
    type Output;

    /// Takes the request, or why it cannot be read.
    fn visit<O: Call>(self, request: Result<O>) -> Self::Output;
}

/// Why no operation takes a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoRoute {
    /// No operation has this path.
    Path,
    /// Operations have this path, with other methods.
    Method {
        /// Methods the path has, besides `OPTIONS`.
        allowed: Vec<Method>,
    },
}

impl Route {
    /// Finds the operation for a method and a raw path; `HEAD` finds what `GET` does.
    ///
    /// # Errors
    /// [`NoRoute`] says whether the path or only the method is unknown.
    pub fn find(method: &Method, path: &str) -> std::result::Result<Self, NoRoute> {
        let wanted = if method == Method::HEAD { &Method::GET } else { method };
        let mut allowed = Vec::new();
        for route in ROUTES.iter().filter(|route| fits_path(route.info.path, path)) {
            if route.info.method == *wanted {
                return Ok(*route);
            }
            allowed.push(route.info.method.clone());
        }
        if allowed.contains(&Method::GET) {
            allowed.push(Method::HEAD);
        }
        if allowed.is_empty() { Err(NoRoute::Path) } else { Err(NoRoute::Method { allowed }) }
    }

    /// The operation.
    pub fn info(&self) -> &'static OperationInfo {
        self.info
    }

    /// Reads the request, calls `api`, writes the reply; every failure is a reply too.
    pub fn handle<'a>(
        &self,
        api: &'a dyn IntegrationApi,
        request: &'a Request<Bytes>,
    ) -> ResponseFuture<'a> {
        self.visit(request, Handle(api))
    }
}

impl std::fmt::Debug for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Route").field(&self.info.id).finish()
    }
}

impl NoRoute {
    /// The refusal: 404, or 405 with the methods allowed. A 405 to `OPTIONS` is a 204.
    #[expect(clippy::missing_panics_doc, reason = "method names are ASCII")]
    pub fn to_http(&self, method: &Method) -> Response<Bytes> {
        match self {
            Self::Path => ApiError::new(StatusCode::NOT_FOUND, "Not found: no such path").to_http(),
            Self::Method { allowed } => {
                let names = allowed.iter().map(Method::as_str).chain(["OPTIONS"]);
                let names = names.collect::<Vec<_>>().join(", ");
                let mut response = if method == Method::OPTIONS {
                    let mut response = Response::new(Bytes::new());
                    *response.status_mut() = StatusCode::NO_CONTENT;
                    response
                } else {
                    let message = format!("Method not allowed: this path takes {names}");
                    ApiError::new(StatusCode::METHOD_NOT_ALLOWED, message).to_http()
                };
                let names = HeaderValue::from_str(&names).expect("method names are ASCII");
                response.headers_mut().insert(ALLOW, names);
                response
            }
        }
    }
}

/// Routes a request to `api` and returns the reply; never fails.
///
/// The whole server in one function: put authentication and sockets around it.
///
/// ```
/// use http::{Request, StatusCode};
/// use talon_core::{IntegrationApi, dispatch};
///
/// /// Offers nothing, and says so.
/// #[derive(Debug)]
/// struct Nothing;
///
/// impl IntegrationApi for Nothing {}
///
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// let known = Request::put("/v2/customer_profiles/anna").body("{}".into())?;
/// let unknown = Request::get("/v2/customer_profiles").body("".into())?;
///
/// let status = dispatch::dispatch(&Nothing, &known).await.status();
/// assert_eq!(status, StatusCode::NOT_IMPLEMENTED);
/// let status = dispatch::dispatch(&Nothing, &unknown).await.status();
/// assert_eq!(status, StatusCode::NOT_FOUND);
/// # Ok::<(), http::Error>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub async fn dispatch(api: &dyn IntegrationApi, request: &Request<Bytes>) -> Response<Bytes> {
    match Route::find(request.method(), request.uri().path()) {
        Ok(route) => route.handle(api, request).await,
        Err(no_route) => no_route.to_http(request.method()),
    }
}

struct Handle<'a>(&'a dyn IntegrationApi);

impl<'a> Visitor for Handle<'a> {
    type Output = ResponseFuture<'a>;

    fn visit<O: Call>(self, request: Result<O>) -> ResponseFuture<'a> {
        Box::pin(async move {
            let reply = match request {
                Ok(request) => request.call(self.0).await,
                Err(error) => Err(error),
            };
            reply.and_then(|reply| O::reply_to_http(&reply)).unwrap_or_else(error_to_http)
        })
    }
}

/// The reply that tells a caller over HTTP of `error`.
pub fn error_to_http(error: Error) -> Response<Bytes> {
    let status = match error.kind() {
        ErrorKind::Api | ErrorKind::Encode => StatusCode::BAD_REQUEST,
        ErrorKind::Timeout => StatusCode::GATEWAY_TIMEOUT,
        ErrorKind::Connect
        | ErrorKind::Unprocessed
        | ErrorKind::Interrupted
        | ErrorKind::Decode => StatusCode::BAD_GATEWAY,
        ErrorKind::Unimplemented => StatusCode::NOT_IMPLEMENTED,
        ErrorKind::Config => StatusCode::INTERNAL_SERVER_ERROR,
    };
    match error.into_api() {
        Ok(refusal) => refusal.to_http(),
        Err(error) => ApiError::new(status, error.to_string()).to_http(),
    }
}

macro_rules! declare_routes {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        /// Which request a route takes.
        #[derive(Clone, Copy)]
        enum RouteOperation {
            $( $request, )+
        }

        static ROUTES: &[Route] = &[
            $( Route { info: operations::$request::INFO, operation: RouteOperation::$request }, )+
        ];

        impl Route {
            /// Reads the request and hands it to `visitor`, with its type.
            pub fn visit<V: Visitor>(&self, request: &Request<Bytes>, visitor: V) -> V::Output {
                match self.operation {
                    $(
                        RouteOperation::$request => {
                            visitor.visit(operations::$request::from_http(request))
                        }
                    )+
                }
            }
        }
    };
}

for_each_operation!(declare_routes);
