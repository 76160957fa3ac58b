//! Minimal clients over hyper and reqwest: no classification of errors, no retries, no deadline.

use bytes::Bytes;
use http::header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Request, Uri};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use talon_client::ClientConfig;
use talon_core::model::IntegrationStateV2;
use talon_core::operation::IDEMPOTENCY_KEY;
use talon_core::operations::UpdateCustomerSessionV2;
use talon_reqwest::ReqwestTransport;

use super::BoxError;

/// A minimal client over hyper.
#[derive(Clone, Debug)]
pub struct BareHyper {
    client: Client<HttpConnector, Full<Bytes>>,
    base_url: String,
    authorization: HeaderValue,
}

impl BareHyper {
    /// A client of `base_url`.
    pub fn new(base_url: &str) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let client = Client::builder(TokioExecutor::new()).build(connector);
        Self { client, base_url: base_url.to_owned(), authorization: authorization() }
    }

    /// Makes one call.
    ///
    /// # Errors
    /// When the call fails.
    pub async fn call(
        &self,
        request: UpdateCustomerSessionV2,
    ) -> Result<IntegrationStateV2, BoxError> {
        let uri: Uri = url(&self.base_url, &request).parse()?;
        let body = serde_json::to_vec(&request.request)?;
        let request = Request::put(uri)
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/json")
            .header(AUTHORIZATION, self.authorization.clone())
            .header(USER_AGENT, super::USER_AGENT)
            .header(ACCEPT_ENCODING, "gzip")
            .header(IDEMPOTENCY_KEY, super::IDEMPOTENCY_KEY)
            .body(Full::from(body))?;
        let reply = self.client.request(request).await?;
        let body = reply.into_body().collect().await?.to_bytes();
        Ok(serde_json::from_slice(&body)?)
    }
}

/// A minimal client over reqwest.
#[derive(Clone, Debug)]
pub struct BareReqwest {
    client: reqwest::Client,
    base_url: String,
    authorization: HeaderValue,
}

impl BareReqwest {
    /// A client of `base_url` with the settings of our transport.
    ///
    /// # Errors
    /// When reqwest rejects the settings.
    pub fn new(base_url: &str) -> Result<Self, BoxError> {
        let client = ReqwestTransport::builder(&ClientConfig::new(base_url))?.build()?;
        Ok(Self { client, base_url: base_url.to_owned(), authorization: authorization() })
    }

    /// Makes one call.
    ///
    /// # Errors
    /// When the call fails.
    pub async fn call(
        &self,
        request: UpdateCustomerSessionV2,
    ) -> Result<IntegrationStateV2, BoxError> {
        let reply = self
            .client
            .put(url(&self.base_url, &request))
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/json")
            .header(AUTHORIZATION, self.authorization.clone())
            .header(USER_AGENT, super::USER_AGENT)
            .header(ACCEPT_ENCODING, "gzip")
            .header(IDEMPOTENCY_KEY, super::IDEMPOTENCY_KEY)
            .body(serde_json::to_vec(&request.request)?)
            .send()
            .await?;
        let body = reply.error_for_status()?.bytes().await?;
        Ok(serde_json::from_slice(&body)?)
    }
}

fn url(base_url: &str, request: &UpdateCustomerSessionV2) -> String {
    format!("{base_url}/v2/customer_sessions/{}", request.session_id)
}

fn authorization() -> HeaderValue {
    let mut value: HeaderValue =
        format!("ApiKey-v1 {}", super::API_KEY).parse().expect("the key is ASCII");
    value.set_sensitive(true);
    value
}
