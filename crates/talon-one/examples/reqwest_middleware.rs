//! Calls through a chain of reqwest-middleware.
//!
//! The chain must leave retries to the client, which counts them and has a budget.
//!
//! `TALON_BASE_URL=… TALON_API_KEY=… cargo run --example reqwest_middleware`

use reqwest_middleware::{ClientBuilder, ClientWithMiddleware, Middleware, Next};
use talon_one::bytes::Bytes;
use talon_one::http::{Extensions, HeaderValue, Request, Response};
use talon_one::prelude::*;
use talon_one::reqwest::ReqwestTransport;
use talon_one::reqwest::error::{read_response, request_error};
use talon_one::{Client, ClientConfig, Transport, TransportError, async_trait};

/// A transport over a client with middleware.
#[derive(Debug)]
struct MiddlewareTransport(ClientWithMiddleware);

#[async_trait]
impl Transport for MiddlewareTransport {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, TransportError> {
        let request = reqwest::Request::try_from(request).map_err(request_error)?;
        let response = self.0.execute(request).await.map_err(|error| match error {
            reqwest_middleware::Error::Reqwest(error) => request_error(error),
            // Unless it is known that nothing was sent, the request may have been processed.
            reqwest_middleware::Error::Middleware(error) => TransportError::other(error),
        })?;
        read_response(response).await
    }
}

/// Names the shop in each request.
#[derive(Debug)]
struct ShopHeader(HeaderValue);

#[async_trait]
impl Middleware for ShopHeader {
    async fn handle(
        &self,
        mut request: reqwest::Request,
        extensions: &mut Extensions,
        next: Next<'_>,
    ) -> reqwest_middleware::Result<reqwest::Response> {
        request.headers_mut().insert("x-shop", self.0.clone());
        next.run(request, extensions).await
    }
}

fn connect(
    config: ClientConfig,
) -> Result<Client<MiddlewareTransport>, Box<dyn std::error::Error>> {
    let reqwest = ReqwestTransport::builder(&config)?.build()?;
    let chain = ClientBuilder::new(reqwest).with(ShopHeader(HeaderValue::from_static("mugs")));
    Ok(Client::new(config, MiddlewareTransport(chain.build()))?)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let talon = connect(ClientConfig::from_env()?)?;

    let inventory = talon.get_customer_inventory(GetCustomerInventory::new("anna")).await?;
    println!("{} coupons", inventory.coupons.map_or(0, |coupons| coupons.len()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, TcpListener};

    use talon_transport_tests::server::{ScriptedReply, TestServer};

    use super::*;

    #[tokio::test]
    async fn requests_go_through_the_chain() {
        let server = TestServer::start(ScriptedReply::reply("200 OK", "{}")).await;
        let talon = connect(ClientConfig::new(server.url()).api_key("fefecafe")).unwrap();

        talon.get_customer_inventory(GetCustomerInventory::new("anna")).await.unwrap();

        assert_eq!(server.request().header("x-shop"), Some("mugs"));
    }

    #[tokio::test]
    async fn a_missing_connection_is_told_from_a_lost_one() {
        let port =
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let config = ClientConfig::new(format!("http://127.0.0.1:{port}")).api_key("fefecafe");
        let talon = connect(config).unwrap();

        let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
        let error = talon.update_customer_profile_v2(request).await.unwrap_err();

        assert!(error.is_connect() && !error.may_have_been_applied(), "{error:?}");
        assert!(!format!("{error:?}").contains("anna"));
    }
}
