//! Endpoints that talon-one lacks: as an operation with types, and as a raw call.
//!
//! Both get what the methods of the client have: keys, deadline, retries and spans. The endpoints here
//! are of the Management API, whose keys have another prefix.
//!
//! `TALON_BASE_URL=… TALON_API_KEY=… cargo run --example custom_operation`

use serde::{Deserialize, Serialize};
use talon_one::bytes::Bytes;
use talon_one::http::{Method, Request, StatusCode};
use talon_one::prelude::*;
use talon_one::{Client, ClientConfig, Transport, operation};

/// Returns the loyalty programs of an account.
#[derive(Clone, Debug, Default, PartialEq)]
struct GetLoyaltyPrograms {
    page_size: Option<i64>,
}

operation! { GetLoyaltyPrograms -> LoyaltyPrograms {
    id: "getLoyaltyPrograms",
    request: GET "/v1/loyalty_programs",
    query: { page_size = "pageSize" },
    success: [OK],
    auth: [ApiKey],
    retry: ReadOnly,
} }

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct LoyaltyPrograms {
    data: Vec<LoyaltyProgram>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct LoyaltyProgram {
    id: i64,
    title: String,
}

/// The titles of all programs.
async fn titles<T: Transport>(talon: &Client<T>) -> Result<Vec<String>, Error> {
    let programs = talon.call(GetLoyaltyPrograms { page_size: Some(50) }).await?;
    Ok(programs.data.into_iter().map(|program| program.title).collect())
}

/// Asks for an endpoint without declaring it; 404 is an answer.
async fn exists<T: Transport>(talon: &Client<T>, path: &str) -> Result<bool, Error> {
    let mut request = Request::new(Bytes::new());
    *request.method_mut() = Method::GET;
    *request.uri_mut() = path.parse().expect("a percent-encoded path");
    match talon.call_raw(request).await {
        Ok(reply) => Ok(reply.status() == StatusCode::OK),
        Err(error) if error.is_not_found() => Ok(false),
        Err(error) => Err(error),
    }
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let config = ClientConfig::from_env()?.api_key_prefix("ManagementKey-v1");
    let talon = talon_one::reqwest::connect(config)?;

    println!("programs: {:?}", titles(&talon).await?);
    println!("program 7 exists: {}", exists(&talon, "/v1/loyalty_programs/7").await?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use talon_transport_tests::server::{ScriptedReply, TestServer};

    use super::*;

    #[tokio::test]
    async fn an_operation_and_a_raw_call_use_the_same_client() {
        let server = TestServer::script(vec![
            ScriptedReply::reply("503 Service Unavailable", ""),
            ScriptedReply::reply("200 OK", r#"{"data":[{"id":7,"title":"Mugs"}]}"#),
            ScriptedReply::reply("404 Not Found", ""),
        ])
        .await;
        let config = ClientConfig::new(server.url()).api_key("fefecafe");
        let config = config.api_key_prefix("ManagementKey-v1");
        let talon = talon_one::reqwest::connect(config).unwrap();

        assert_eq!(titles(&talon).await.unwrap(), ["Mugs"]);
        assert!(!exists(&talon, "/v1/loyalty_programs/8").await.unwrap());

        let requests = server.log().requests;
        let lines: Vec<&str> = requests.iter().map(|request| request.line.as_str()).collect();
        let list = "GET /v1/loyalty_programs?pageSize=50 HTTP/1.1";
        assert_eq!(lines, [list, list, "GET /v1/loyalty_programs/8 HTTP/1.1"]);
        for request in requests {
            assert_eq!(request.header("authorization"), Some("ManagementKey-v1 fefecafe"));
        }
    }
}
