//! There is always a deadline.

use std::time::Duration;

use talon_client::{Client, ClientConfig};
use talon_core::prelude::*;
use tokio::time::Instant;

use crate::recorder::{Answer, BASE, KEY, Recorder};

#[tokio::test(start_paused = true)]
async fn a_silent_service_is_given_up_after_five_seconds() {
    let client = Recorder::client(Answer::Never);
    let start = Instant::now();

    let error = client.call(GetCustomerInventory::new("anna")).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(start.elapsed().as_secs(), 5);
    assert_eq!(error.attempts(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_deadline_can_be_chosen() {
    let config = ClientConfig::new(BASE).api_key(KEY).deadline(Duration::from_millis(300));
    let client = Client::new(config, Recorder::new(Answer::Never)).unwrap();
    let start = Instant::now();

    let error = client.call(GetCustomerInventory::new("anna")).await.unwrap_err();

    assert!(error.is_timeout());
    assert!(start.elapsed() < Duration::from_millis(310));
}

#[tokio::test(start_paused = true)]
async fn an_endless_deadline_is_allowed() {
    let config = ClientConfig::new(BASE).api_key(KEY).deadline(Duration::MAX);
    let client = Client::new(config, Recorder::new(Answer::Reply(200, "{}"))).unwrap();

    client.call(GetCustomerInventory::new("anna")).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_change_whose_reply_is_missing_may_have_been_applied() {
    let client = Recorder::client(Answer::Never);

    let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
    let error = client.call(request).await.unwrap_err();

    assert!(error.may_have_been_applied());
}
