//! A root certificate of your own, such as that of a company's gateway in front of Talon.One.
//!
//! `TALON_BASE_URL=… TALON_API_KEY=… cargo run --example tls_root -- company.pem`

use std::error::Error;

use talon_one::ClientConfig;
use talon_one::prelude::*;

/// Trusts the certificates in `pem`, in addition to those of the platform.
fn config(config: ClientConfig, pem: Vec<u8>) -> ClientConfig {
    config.root_certificates(pem)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("which file has the certificates, in PEM?")?;
    let config = config(ClientConfig::from_env()?, std::fs::read(path)?);
    // The same with `talon_one::hyper::connect`.
    let talon = talon_one::reqwest::connect(config)?;

    let inventory = talon.get_customer_inventory(GetCustomerInventory::new("anna")).await?;
    println!("{} coupons", inventory.coupons.map_or(0, |coupons| coupons.len()));
    Ok(())
}

#[cfg(test)]
mod tests {
    use talon_transport_tests::authority::Authority;
    use talon_transport_tests::server::{ScriptedReply, TestServer};

    use super::*;

    #[tokio::test]
    async fn a_server_with_a_private_certificate_is_trusted_only_with_its_root() {
        let company = Authority::new();
        let tls = company.server("localhost", &["http/1.1"]);
        let server = TestServer::start_tls(tls, ScriptedReply::reply("200 OK", "{}")).await;
        let without = || ClientConfig::new(server.url()).api_key("fefecafe");
        let request = || GetCustomerInventory::new("anna");

        let with = config(without(), company.pem().into_bytes());
        let trusting = talon_one::reqwest::connect(with.clone()).unwrap();
        trusting.get_customer_inventory(request()).await.unwrap();
        let trusting = talon_one::hyper::connect(with).unwrap();
        trusting.get_customer_inventory(request()).await.unwrap();

        let strict = talon_one::reqwest::connect(without()).unwrap();
        let error = strict.get_customer_inventory(request()).await.unwrap_err();
        assert!(error.is_connect(), "{error:?}");
    }
}
