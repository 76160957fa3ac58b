//! Adds credentials to requests.

use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};
use talon_core::auth::{ApplicationKey, CONTENT_SIGNATURE, ContentSignature};
use talon_core::operation::AuthScheme;
use talon_core::{ApplicationId, Error, ErrorKind, OperationInfo, Result};

use crate::ClientConfig;

/// The keys of a client; at least one.
///
/// `Debug` shows only which keys there are: the header is marked sensitive, and the application key
/// hides its value.
#[derive(Debug)]
pub(super) struct Credentials {
    authorization: Option<HeaderValue>,
    application_key: Option<(ApplicationId, ApplicationKey)>,
}

impl Credentials {
    pub(super) fn new(config: ClientConfig) -> Result<Self> {
        let authorization = match config.api_key {
            Some(key) => Some(key.to_header(&config.api_key_prefix)?),
            None => None,
        };
        if authorization.is_none() && config.application_key.is_none() {
            let message = "no key is given: set an API key, an application key or both";
            return Err(Error::new(ErrorKind::Config, message));
        }
        Ok(Self { authorization, application_key: config.application_key })
    }

    /// Adds the credentials of every scheme that the operation accepts and that there is a key for.
    /// A raw request may have credentials of its own, which are kept.
    ///
    /// # Errors
    /// [`Config`](ErrorKind::Config) when there is no key for any accepted scheme.
    pub(super) fn authorise(
        &self,
        info: &OperationInfo,
        headers: &mut HeaderMap,
        body: &[u8],
    ) -> Result<()> {
        let mut authorised = false;
        for scheme in info.auth {
            let header = match scheme {
                AuthScheme::ApiKey => self.authorization.clone().map(|key| (AUTHORIZATION, key)),
                AuthScheme::Signature => self.sign(body),
            };
            if let Some((name, value)) = header {
                headers.entry(name).or_insert(value);
                authorised = true;
            }
        }
        let authorised = authorised || headers.contains_key(AUTHORIZATION);
        if authorised { Ok(()) } else { Err(self.missing(info)) }
    }

    fn sign(&self, body: &[u8]) -> Option<(HeaderName, HeaderValue)> {
        let (application, key) = self.application_key.as_ref()?;
        let signature = ContentSignature::sign(*application, key, body);
        Some((CONTENT_SIGNATURE, signature.to_header()))
    }

    fn missing(&self, info: &OperationInfo) -> Error {
        let message = if self.authorization.is_none() {
            "needs an API key, and the client has only an application key"
        } else {
            "needs an application key, and the client has only an API key"
        };
        Error::builder(ErrorKind::Config, message).operation(info.id).build()
    }
}
