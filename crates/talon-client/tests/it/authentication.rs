//! Credentials of each operation.

use talon_client::{ApplicationKey, Client, ClientConfig};
use talon_core::auth::ContentSignature;
use talon_core::prelude::*;

use crate::stub_transport::{BASE, KEY, StubReply, StubTransport};

const INVENTORY: StubReply = StubReply::Reply(200, "{}");

fn application_key() -> ApplicationKey {
    ApplicationKey::new(KEY).expect("hexadecimal")
}

fn client(config: ClientConfig) -> Client<StubTransport> {
    Client::new(config, StubTransport::new(INVENTORY)).expect("a valid configuration")
}

async fn get_inventory(client: &Client<StubTransport>) {
    client.call(GetCustomerInventory::new("anna")).await.expect("a reply");
}

#[tokio::test]
async fn the_api_key_is_sent_and_marked_sensitive() {
    let client = client(ClientConfig::new(BASE).api_key(KEY));

    get_inventory(&client).await;

    let request = client.transport().request();
    assert_eq!(request.headers()["authorization"], format!("ApiKey-v1 {KEY}"));
    assert!(request.headers()["authorization"].is_sensitive());
    assert!(!request.headers().contains_key("content-signature"));
}

#[tokio::test]
async fn the_prefix_is_configurable() {
    let client = client(ClientConfig::new(BASE).api_key(KEY).api_key_prefix("ApiKey-v2"));

    get_inventory(&client).await;

    let request = client.transport().request();
    assert_eq!(request.headers()["authorization"], format!("ApiKey-v2 {KEY}"));
}

#[tokio::test]
async fn the_signature_covers_the_body() {
    let client = client(ClientConfig::new(BASE).application_key(7, application_key()));
    let reservations = CouponReservations { integration_ids: vec!["anna".into()] };

    let request = DeleteCouponReservation::new("SUMMER", reservations);
    client.call(request).await.expect_err("200 is not this operation's success");

    let request = client.transport().request();
    let signature = ContentSignature::from_header(&request.headers()["content-signature"]).unwrap();
    assert_eq!(signature.signer(), 7.into());
    assert!(signature.verify(&application_key(), request.body()));
    assert!(!request.body().is_empty());
}

#[tokio::test]
async fn key_and_signature_are_sent_if_both_are_accepted() {
    let config = ClientConfig::new(BASE).api_key(KEY).application_key(7, application_key());
    let client = client(config);

    get_inventory(&client).await;

    let request = client.transport().request();
    assert!(request.headers().contains_key("authorization"));
    assert_eq!(
        request.headers()["content-signature"],
        "signer=7; signature=0dbc664752c37541281e3eef8eee0d2d",
    );
}

#[tokio::test]
async fn no_signature_is_sent_if_it_is_not_accepted() {
    let config = ClientConfig::new(BASE).api_key(KEY).application_key(7, application_key());
    let client = client(config);

    let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
    let _ = client.call(request).await;

    let request = client.transport().request();
    assert!(request.headers().contains_key("authorization"));
    assert!(!request.headers().contains_key("content-signature"));
}

#[tokio::test]
async fn no_request_is_sent_without_a_suitable_key() {
    let client = client(ClientConfig::new(BASE).application_key(7, application_key()));

    let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
    let error = client.call(request).await.unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Config);
    assert_eq!(error.attempts(), 0);
    assert_eq!(
        error.to_string(),
        "updateCustomerProfileV2 needs an API key, and the client has only an application key",
    );
    assert!(client.transport().requests().is_empty());
}

#[test]
fn a_client_without_any_key_is_refused() {
    let error = Client::new(ClientConfig::new(BASE), StubTransport::new(INVENTORY)).unwrap_err();

    assert_eq!(error.kind(), ErrorKind::Config);
    assert_eq!(error.to_string(), "no key is given: set an API key, an application key or both");
}

#[test]
fn values_that_are_invalid_in_headers_are_refused() {
    for config in [
        ClientConfig::new(BASE).api_key("fefe\ncafe"),
        ClientConfig::new(BASE).api_key(KEY).api_key_prefix("a\nb"),
        ClientConfig::new(BASE).api_key(KEY).user_agent("a\nb"),
        ClientConfig::new(BASE).api_key(KEY).user_agent("a\r\nauthorization: b"),
        ClientConfig::new(BASE).api_key(KEY).user_agent("a\0"),
    ] {
        let error = Client::new(config, StubTransport::new(INVENTORY)).unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Config);
    }
}

#[test]
fn debug_output_contains_no_keys() {
    let config = ClientConfig::new(BASE).api_key(KEY).application_key(7, application_key());

    let shown = format!("{config:?} {:?}", client(config.clone()));

    assert!(!shown.contains("fefe"), "{shown}");
}

#[test]
fn debug_output_contains_no_password_of_the_url() {
    let config = ClientConfig::new("https://anna:secret@demo.talon.one").api_key(KEY);

    assert!(!format!("{config:?}").contains("secret"), "{config:?}");
}
