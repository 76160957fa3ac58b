//! Encoding and decoding in both directions, without a socket.

use std::sync::{Arc, Mutex};

use talon_client::Loopback;
use talon_core::model::CustomerInventory;
use talon_core::prelude::*;
use talon_core::{ApiError, ErrorKind, Result, async_trait};

/// Keeps the last request and replies with an empty inventory, but not to Bert.
#[derive(Debug, Default)]
struct Service {
    asked: Mutex<Option<GetCustomerInventory>>,
}

#[async_trait]
impl IntegrationApi for Service {
    async fn get_customer_inventory(
        &self,
        request: GetCustomerInventory,
    ) -> Result<CustomerInventory> {
        *self.asked.lock().expect("no test panics") = Some(request.clone());
        if request.profile_id == "bert" {
            return Err(ApiError::new(http::StatusCode::NOT_FOUND, "no such profile").into());
        }
        if request.profile_id == "carl" {
            return Err(Error::new(ErrorKind::Interrupted, "got no reply"));
        }
        Ok(CustomerInventory::default())
    }
}

#[tokio::test]
async fn requests_and_replies_arrive_unchanged() {
    let service = Arc::new(Service::default());
    let client = Loopback::client(service.clone());
    let request = GetCustomerInventory::new("a/b %2F?#é").profile(true).coupons(false);

    let inventory = client.get_customer_inventory(request.clone()).await.unwrap();

    assert_eq!(inventory, CustomerInventory::default());
    assert_eq!(service.asked.lock().unwrap().clone(), Some(request));
}

#[tokio::test]
async fn refusals_arrive_unchanged() {
    let client = Loopback::client(Arc::new(Service::default()));

    let request = GetCustomerInventory::new("bert");
    let error = client.get_customer_inventory(request).await.unwrap_err();

    let refusal = ApiError::new(http::StatusCode::NOT_FOUND, "no such profile");
    assert_eq!(error.api(), Some(&refusal));
}

#[tokio::test]
async fn a_failed_service_is_a_failed_call() {
    let client = Loopback::client(Arc::new(Service::default()));

    let error = client.get_customer_inventory(GetCustomerInventory::new("carl")).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Interrupted);
    assert_eq!(error.status(), None);
}

#[tokio::test]
async fn an_unimplemented_operation_is_a_refusal() {
    let client = Loopback::client(Arc::new(Service::default()));

    let error =
        client.get_reserved_customers(GetReservedCustomers::new("SUMMER")).await.unwrap_err();

    assert_eq!(error.status(), Some(http::StatusCode::NOT_IMPLEMENTED));
}
