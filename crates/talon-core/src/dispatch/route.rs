//! From method and path to an operation.

use bytes::Bytes;
use http::header::ALLOW;
use http::{HeaderValue, Method, Request, Response, StatusCode};

use crate::api::Call;
use crate::operation::{fits_path, literal_prefix};
use crate::{
    ApiError, Operation as _, OperationInfo, Result, for_each_operation, operations, visit_route,
};

/// The operation of a request, found by method and path alone.
#[derive(Clone, Copy)]
pub struct Route {
    info: &'static OperationInfo,
    operation: RouteOperation,
    /// The path before the first parameter: most requests differ here from most operations.
    prefix: &'static str,
}

/// A function of a request of any operation.
///
/// ```
/// use talon_core::Operation;
/// use talon_core::api::Call;
/// use talon_core::dispatch::{Route, Visitor};
///
/// /// Describes a request.
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
    /// Result of the function.
    type Output;

    /// Takes the request, or the error of a request that cannot be decoded.
    fn visit<O: Call>(self, request: Result<O>) -> Self::Output;
}

/// Why a request matches no operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoRoute {
    /// No operation has this path.
    Path,
    /// Operations have this path, with other methods.
    Method {
        /// Methods of the path, except for `OPTIONS`.
        allowed: Vec<Method>,
    },
}

impl Route {
    /// Finds the operation for a method and a path in its encoded form. `HEAD` finds the operation
    /// of `GET`.
    ///
    /// # Errors
    /// [`NoRoute`] says whether the path or only the method is unknown.
    pub fn find(method: &Method, path: &str) -> std::result::Result<Self, NoRoute> {
        let wanted = if method == Method::HEAD { &Method::GET } else { method };
        let found = ROUTES.iter().find(|route| route.info.method == *wanted && route.fits(path));
        if let Some(route) = found {
            return Ok(*route);
        }
        let fitting = ROUTES.iter().filter(|route| route.fits(path));
        let mut allowed: Vec<Method> = fitting.map(|route| route.info.method.clone()).collect();
        if allowed.contains(&Method::GET) {
            allowed.push(Method::HEAD);
        }
        if allowed.is_empty() { Err(NoRoute::Path) } else { Err(NoRoute::Method { allowed }) }
    }

    fn fits(&self, path: &str) -> bool {
        // The last byte of the prefix is a slash if there is a parameter, and tells most paths apart.
        let last = self.prefix.len().wrapping_sub(1);
        path.as_bytes().get(last) == self.prefix.as_bytes().last()
            && path.starts_with(self.prefix)
            && fits_path(self.info.path, path)
    }

    /// The operation.
    pub fn info(&self) -> &'static OperationInfo {
        self.info
    }

    /// For [`visit_route!`](crate::visit_route).
    #[doc(hidden)]
    pub fn operation(&self) -> RouteOperation {
        self.operation
    }

    /// Decodes the request and passes it to `visitor`, with its type.
    pub fn visit<V: Visitor>(&self, request: &Request<Bytes>, visitor: V) -> V::Output {
        visit_route!(self, request, |decoded| visitor.visit(decoded))
    }
}

impl std::fmt::Debug for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Route").field(&self.info.id).finish()
    }
}

impl NoRoute {
    /// The refusal: 404, or 405 with the allowed methods. `OPTIONS` of a known path is a 204.
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

/// Decodes the request of a [`Route`] and evaluates an expression with it: what [`Route::visit`]
/// does, for code that requires more of the types of requests than [`Call`](crate::api::Call).
///
/// The expression is a closure in form: it takes a `Result` with a request of any operation, and may
/// await. It must have the same type for all operations.
///
/// ```
/// use talon_core::{Operation, Result, dispatch::Route, visit_route};
///
/// /// A trait of your own that all operations implement.
/// trait Cost {
///     fn cost(&self) -> u32;
/// }
///
/// impl<O: Operation> Cost for O {
///     fn cost(&self) -> u32 {
///         if O::INFO.method == http::Method::GET { 1 } else { 10 }
///     }
/// }
///
/// let request = http::Request::put("/v2/customer_profiles/anna").body("{}".into())?;
/// let route = Route::find(request.method(), request.uri().path()).expect("it is an operation");
///
/// let cost = visit_route!(route, &request, |decoded| decoded.map_or(0, |request| request.cost()));
/// assert_eq!(cost, 10);
/// # Ok::<(), http::Error>(())
/// ```
#[macro_export]
macro_rules! visit_route {
    ($route:expr, $http:expr, |$decoded:ident| $body:expr) => {
        $crate::for_each_operation!($crate::visit_route_arms, { $route, $http, $decoded, $body })
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! visit_route_arms {
    (
        { $route:expr, $http:expr, $decoded:ident, $body:expr }
        $( $(#[$doc:meta])* $method:ident($request:ident); )+
    ) => {
        match $route.operation() {
            $(
                $crate::dispatch::RouteOperation::$request => {
                    let $decoded =
                        <$crate::operations::$request as $crate::Operation>::from_http($http);
                    $body
                }
            )+
        }
    };
}

macro_rules! declare_routes {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        /// Operation of a route.
        #[doc(hidden)]
        #[derive(Clone, Copy, Debug)]
        pub enum RouteOperation {
            $( $request, )+
        }

        static ROUTES: &[Route] = &[
            $(
                Route {
                    info: operations::$request::INFO,
                    operation: RouteOperation::$request,
                    prefix: literal_prefix(operations::$request::INFO.path),
                },
            )+
        ];
    };
}

for_each_operation!(declare_routes);
