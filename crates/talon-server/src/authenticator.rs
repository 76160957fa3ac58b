//! Who may call, and whom they reach.

use std::fmt::Debug;
use std::sync::Arc;

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::request::Parts;
use http::{HeaderMap, Request, StatusCode};
use talon_core::auth::{
    API_KEY_PREFIX, ApiKey, ApplicationKey, CONTENT_SIGNATURE, ContentSignature,
};
use talon_core::operation::AuthScheme;
use talon_core::{ApiError, ApplicationId, IntegrationApi, OperationInfo};

/// Grants a request an implementation of the API.
///
/// Implement [`Applications`] instead to authenticate as Talon.One does, and this one for schemes
/// of your own.
///
/// ```
/// use std::sync::Arc;
/// use bytes::Bytes;
/// use http::{Request, StatusCode};
/// use talon_core::{ApiError, IntegrationApi, OperationInfo};
/// use talon_server::Authenticator;
///
/// /// Lets requests through that a gateway has checked.
/// #[derive(Debug)]
/// struct BehindGateway(Arc<dyn IntegrationApi>);
///
/// impl Authenticator for BehindGateway {
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
    /// The implementation that answers `request`, which asks for `operation`.
    ///
    /// # Errors
    /// The refusal to reply with, 401 as a rule.
    fn authenticate(
        &self,
        operation: &OperationInfo,
        request: &Request<Bytes>,
    ) -> Result<Arc<dyn IntegrationApi>, ApiError>;

    /// Refuses a request by its head alone, before its body is read: what a body could not mend.
    /// `None`, the default, leaves it to [`authenticate`](Self::authenticate).
    fn refuse_early(&self, operation: &OperationInfo, head: &Parts) -> Option<ApiError> {
        let _ = (operation, head);
        None
    }
}

/// Everyone may call this implementation, whatever credentials they send.
#[derive(Clone, Debug)]
pub struct Open(pub Arc<dyn IntegrationApi>);

impl Authenticator for Open {
    fn authenticate(
        &self,
        _: &OperationInfo,
        _: &Request<Bytes>,
    ) -> Result<Arc<dyn IntegrationApi>, ApiError> {
        Ok(self.0.clone())
    }
}

/// Applications, each with its own implementation of the API, known by their keys.
///
/// What implements it is an [`Authenticator`] that takes both schemes of Talon.One, where the
/// operation takes them, and either suffices:
///
/// - `Authorization: ApiKey-v1 <key>` with a key of [`by_key`](Self::by_key);
/// - `Content-Signature: signer=<id>; signature=<HMAC-MD5 of the body>` of an application of
///   [`by_id`](Self::by_id). A signature that does not match is refused with 400, everything else
///   with 401.
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
///     fn by_key(&self, key: &ApiKey) -> Option<Arc<dyn IntegrationApi>> {
///         self.0.get(key.reveal()).cloned()
///     }
/// }
/// ```
pub trait Applications: Debug + Send + Sync + 'static {
    /// The application an API key belongs to.
    fn by_key(&self, key: &ApiKey) -> Option<Arc<dyn IntegrationApi>>;

    /// The application with this id, and the key its signatures are made with; none by default.
    fn by_id(&self, id: ApplicationId) -> Option<(ApplicationKey, Arc<dyn IntegrationApi>)> {
        let _ = id;
        None
    }
}

impl<T: Applications + ?Sized> Applications for Arc<T> {
    fn by_key(&self, key: &ApiKey) -> Option<Arc<dyn IntegrationApi>> {
        (**self).by_key(key)
    }

    fn by_id(&self, id: ApplicationId) -> Option<(ApplicationKey, Arc<dyn IntegrationApi>)> {
        (**self).by_id(id)
    }
}

impl<A: Applications> Authenticator for A {
    fn authenticate(
        &self,
        operation: &OperationInfo,
        request: &Request<Bytes>,
    ) -> Result<Arc<dyn IntegrationApi>, ApiError> {
        let mut refusal = unauthorized();
        for scheme in operation.auth {
            let granted = match scheme {
                AuthScheme::ApiKey => with_key(self, request.headers()),
                AuthScheme::Signature => with_signature(self, request),
            };
            match granted {
                Ok(api) => return Ok(api),
                // Schemes that were not tried say 401 as well, so the other statuses tell more.
                Err(other) if other.status() != StatusCode::UNAUTHORIZED => refusal = other,
                Err(_) => {}
            }
        }
        Err(refusal)
    }

    fn refuse_early(&self, operation: &OperationInfo, head: &Parts) -> Option<ApiError> {
        let mut granted = operation.auth.iter().map(|scheme| match scheme {
            AuthScheme::ApiKey => with_key(self, &head.headers).map(drop),
            AuthScheme::Signature => signer(self, &head.headers).map(drop),
        });
        (!granted.any(|granted| granted.is_ok())).then(unauthorized)
    }
}

fn with_key<A: Applications + ?Sized>(
    applications: &A,
    headers: &HeaderMap,
) -> Result<Arc<dyn IntegrationApi>, ApiError> {
    let header = headers.get(AUTHORIZATION);
    let key = header.and_then(|header| ApiKey::from_header(header, API_KEY_PREFIX));
    key.and_then(|key| applications.by_key(&key)).ok_or_else(unauthorized)
}

fn with_signature<A: Applications + ?Sized>(
    applications: &A,
    request: &Request<Bytes>,
) -> Result<Arc<dyn IntegrationApi>, ApiError> {
    let (signature, key, api) = signer(applications, request.headers())?;
    if signature.verify(&key, request.body()) {
        Ok(api)
    } else {
        Err(ApiError::new(StatusCode::BAD_REQUEST, "HMAC signature mismatch."))
    }
}

/// The signature of a request, and the application that it says it is of.
fn signer<A: Applications + ?Sized>(
    applications: &A,
    headers: &HeaderMap,
) -> Result<(ContentSignature, ApplicationKey, Arc<dyn IntegrationApi>), ApiError> {
    let header = headers.get(CONTENT_SIGNATURE);
    let signature = header.and_then(ContentSignature::from_header).ok_or_else(unauthorized)?;
    let (key, api) = applications.by_id(signature.signer()).ok_or_else(unauthorized)?;
    Ok((signature, key, api))
}

fn unauthorized() -> ApiError {
    ApiError::new(StatusCode::UNAUTHORIZED, "Unauthorized - Invalid API key")
}
