//! Test doubles of the API and of a service, and servers for them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use talon_core::auth::ApplicationKey;
use talon_core::model::{IntegrationStateV2, ReservedCustomers};
use talon_core::operations::{DeleteCustomerData, GetReservedCustomers, UpdateCustomerSessionV2};
use talon_core::{IntegrationApi, Result};
use talon_server::{
    Answer, ApiService, RunningServer, Server, ServerConfig, Service, SingleApplication,
    async_trait,
};
use tokio::sync::Notify;

use crate::client::soon;

/// Path of the simplest request, a `GET`.
pub(crate) const GET: &str = "/v1/coupon_reservations/customerprofiles/SUMMER";
/// Path of a `PUT` with a body.
pub(crate) const PUT: &str = "/v2/customer_sessions/cart-1";
/// Path of a `DELETE`, whose reply has no body.
pub(crate) const DELETE: &str = "/v1/customer_data/anna";
/// A body that `PUT` takes.
pub(crate) const BODY: &str = r#"{"customerSession":{"profileId":"anna"}}"#;

/// The header that `keyed` accepts.
pub(crate) const KEY: &str = "Authorization: ApiKey-v1 c0ffee\r\n";
/// Key of the application 7 of `keyed`; its digests are known.
const APPLICATION_KEY: &str = "fefecafedeadbeef";

/// Remembers the ids it is called with, and misbehaves for some coupons.
#[derive(Debug, Default)]
pub(crate) struct Api {
    calls: Mutex<Vec<String>>,
    begun: Notify,
}

impl Api {
    pub(crate) fn calls(&self) -> Vec<String> {
        self.calls.lock().unwrap().clone()
    }

    /// Waits until a further call has begun.
    pub(crate) async fn begun(&self) {
        soon(self.begun.notified()).await;
    }

    fn record(&self, id: &str) {
        self.calls.lock().unwrap().push(id.to_owned());
    }
}

#[async_trait]
impl IntegrationApi for Api {
    async fn get_reserved_customers(
        &self,
        request: GetReservedCustomers,
    ) -> Result<ReservedCustomers> {
        self.begun.notify_one();
        match request.coupon.as_str() {
            "PANIC" => panic!("asked to"),
            "SLOW" => tokio::time::sleep(Duration::from_millis(150)).await,
            "STUCK" => std::future::pending().await,
            _ => {}
        }
        self.record(request.coupon.as_str());
        Ok(ReservedCustomers::default())
    }

    async fn update_customer_session_v2(
        &self,
        request: UpdateCustomerSessionV2,
    ) -> Result<IntegrationStateV2> {
        self.record(request.session_id.as_str());
        Ok(IntegrationStateV2::default())
    }

    async fn delete_customer_data(&self, request: DeleteCustomerData) -> Result<()> {
        self.record(request.profile_id.as_str());
        Ok(())
    }
}

/// Answers every request with what a function makes.
pub(crate) struct Fixed(pub(crate) fn() -> Answer);

impl std::fmt::Debug for Fixed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fixed")
    }
}

#[async_trait]
impl Service for Fixed {
    async fn handle(&self, _: Request<Bytes>) -> Answer {
        (self.0)()
    }
}

pub(crate) fn reply(body: impl Into<Bytes>) -> Response<Bytes> {
    Response::new(body.into())
}

/// A server open to everyone, with default limits.
pub(crate) async fn open() -> (RunningServer, Arc<Api>) {
    open_with(ServerConfig::default()).await
}

pub(crate) async fn open_with(config: ServerConfig) -> (RunningServer, Arc<Api>) {
    let api = Arc::new(Api::default());
    (serve(config, ApiService::open(api.clone())).await, api)
}

/// A server that wants the key `c0ffee`, or a signature of application 7.
pub(crate) async fn keyed() -> (RunningServer, Arc<Api>) {
    let api = Arc::new(Api::default());
    let application = SingleApplication::new("c0ffee", api.clone())
        .application_key(7, ApplicationKey::new(APPLICATION_KEY).unwrap());
    (serve(ServerConfig::default(), ApiService::new(application)).await, api)
}

pub(crate) async fn serve(config: ServerConfig, service: impl Service) -> RunningServer {
    Server::bind(config).await.unwrap().spawn(service)
}
