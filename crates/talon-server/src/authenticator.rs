//! Authentication of requests.

use std::fmt::Debug;
use std::sync::Arc;

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::request::Parts;
use http::{HeaderMap, Request, StatusCode};
use talon_core::auth::{
    API_KEY_PREFIX, ApiKey, ApplicationKey, CONTENT_SIGNATURE, ContentSignature,
};
use talon_core::dispatch::Handler;
use talon_core::operation::AuthScheme;
use talon_core::{ApiError, ApplicationId, IntegrationApi, OperationInfo};

/// Authenticates requests, and finds the handler of each.
///
/// Implement [`Applications`] for the schemes of Talon.One, and this trait for other schemes.
///
/// ```
/// use std::sync::Arc;
/// use bytes::Bytes;
/// use http::{Request, StatusCode};
/// use talon_core::{ApiError, IntegrationApi, OperationInfo};
/// use talon_server::Authenticator;
///
/// /// Accepts requests that a gateway has checked.
/// #[derive(Debug)]
/// struct BehindGateway(Arc<dyn IntegrationApi>);
///
/// impl Authenticator for BehindGateway {
///     type Handler = Arc<dyn IntegrationApi>;
///
///     fn authenticate(
///         &self,
///         _: &OperationInfo,
///         request: &Request<Bytes>,
///     ) -> Result<Arc<dyn IntegrationApi>, ApiError> {
///         match request.headers().contains_key("x-checked") {
///             true => Ok(self.0.clone()),
///             false => Err(ApiError::new(StatusCode::UNAUTHORIZED, "Not by the gateway")),
///         }
///     }
/// }
/// ```
pub trait Authenticator: Debug + Send + Sync + 'static {
    /// Handles the requests that are authenticated; usually an `Arc<dyn IntegrationApi>`.
    type Handler: Handler;

    /// The handler for `request`, which is for `operation`.
    ///
    /// # Errors
    /// The refusal to reply with, usually a 401.
    fn authenticate(
        &self,
        operation: &OperationInfo,
        request: &Request<Bytes>,
    ) -> Result<Self::Handler, ApiError>;

    /// Refuses a request by its head alone, before its body is read. `None`, the default, leaves the
    /// decision to [`authenticate`](Self::authenticate).
    fn refuse_early(&self, operation: &OperationInfo, head: &Parts) -> Option<ApiError> {
        let _ = (operation, head);
        None
    }
}

/// Accepts all requests, whatever their credentials.
#[derive(Clone, Debug)]
pub struct OpenAccess(pub Arc<dyn IntegrationApi>);

impl Authenticator for OpenAccess {
    type Handler = Arc<dyn IntegrationApi>;

    fn authenticate(
        &self,
        _: &OperationInfo,
        _: &Request<Bytes>,
    ) -> Result<Arc<dyn IntegrationApi>, ApiError> {
        Ok(self.0.clone())
    }
}

/// Applications by their keys and ids, each with a handler of its own.
///
/// Every implementation is an [`Authenticator`] for the schemes of Talon.One. A request needs one of
/// the schemes that its operation accepts:
///
/// - `Authorization: ApiKey-v1 <key>` with a key of [`by_key`](Self::by_key);
/// - `Content-Signature: signer=<id>; signature=<HMAC-MD5 of the body>` of an application of
///   [`by_id`](Self::by_id). A signature that does not match is refused with 400, all other
///   credentials with 401.
///
/// ```
/// use std::collections::BTreeMap;
/// use std::sync::Arc;
/// use talon_core::IntegrationApi;
/// use talon_core::auth::ApiKey;
/// use talon_server::Applications;
///
/// #[derive(Debug)]
/// struct Worlds(BTreeMap<String, Arc<dyn IntegrationApi>>);
///
/// impl Applications for Worlds {
///     type Handler = Arc<dyn IntegrationApi>;
///
///     fn by_key(&self, key: &ApiKey) -> Option<Arc<dyn IntegrationApi>> {
///         self.0.get(key.reveal()).cloned()
///     }
/// }
/// ```
pub trait Applications: Debug + Send + Sync + 'static {
    /// Handles the requests of an application; usually an `Arc<dyn IntegrationApi>`.
    type Handler: Handler;

    /// The handler for the application of an API key.
    fn by_key(&self, key: &ApiKey) -> Option<Self::Handler>;

    /// The key for signatures of the application with this id, and the handler for it. `None` by
    /// default.
    fn by_id(&self, id: ApplicationId) -> Option<(ApplicationKey, Self::Handler)> {
        let _ = id;
        None
    }
}

impl<T: Applications + ?Sized> Applications for Arc<T> {
    type Handler = T::Handler;

    fn by_key(&self, key: &ApiKey) -> Option<Self::Handler> {
        (**self).by_key(key)
    }

    fn by_id(&self, id: ApplicationId) -> Option<(ApplicationKey, Self::Handler)> {
        (**self).by_id(id)
    }
}

impl<A: Applications> Authenticator for A {
    type Handler = A::Handler;

    fn authenticate(
        &self,
        operation: &OperationInfo,
        request: &Request<Bytes>,
    ) -> Result<Self::Handler, ApiError> {
        let mut refusal = ApiError::unauthorized();
        for scheme in operation.auth {
            let found = match scheme {
                AuthScheme::ApiKey => with_key(self, request.headers()),
                AuthScheme::Signature => with_signature(self, request),
            };
            match found {
                Ok(handler) => return Ok(handler),
                // A scheme without credentials says 401 as well, so another status says more.
                Err(other) if other.status() != StatusCode::UNAUTHORIZED => refusal = other,
                Err(_) => {}
            }
        }
        Err(refusal)
    }

    fn refuse_early(&self, operation: &OperationInfo, head: &Parts) -> Option<ApiError> {
        let mut found = operation.auth.iter().map(|scheme| match scheme {
            AuthScheme::ApiKey => with_key(self, &head.headers).map(drop),
            AuthScheme::Signature => signer(self, &head.headers).map(drop),
        });
        (!found.any(|found| found.is_ok())).then(ApiError::unauthorized)
    }
}

fn with_key<A: Applications>(
    applications: &A,
    headers: &HeaderMap,
) -> Result<A::Handler, ApiError> {
    let header = headers.get(AUTHORIZATION);
    let key = header.and_then(|header| ApiKey::from_header(header, API_KEY_PREFIX));
    key.and_then(|key| applications.by_key(&key)).ok_or_else(ApiError::unauthorized)
}

fn with_signature<A: Applications>(
    applications: &A,
    request: &Request<Bytes>,
) -> Result<A::Handler, ApiError> {
    let (signature, key, handler) = signer(applications, request.headers())?;
    if signature.verify(&key, request.body()) {
        Ok(handler)
    } else {
        Err(ApiError::new(StatusCode::BAD_REQUEST, "HMAC signature mismatch."))
    }
}

/// The signature of a request, and the key and handler of the application that it names.
fn signer<A: Applications>(
    applications: &A,
    headers: &HeaderMap,
) -> Result<(ContentSignature, ApplicationKey, A::Handler), ApiError> {
    let header = headers.get(CONTENT_SIGNATURE);
    let signature =
        header.and_then(ContentSignature::from_header).ok_or_else(ApiError::unauthorized)?;
    let (key, handler) =
        applications.by_id(signature.signer()).ok_or_else(ApiError::unauthorized)?;
    Ok((signature, key, handler))
}
