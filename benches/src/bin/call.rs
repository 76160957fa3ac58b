//! Counts the instructions of one call with our clients and with the HTTP libraries alone.
//!
//! `cargo run --release -p talon-benches --bin call` prints a table. To profile a client, start
//! the server with `call serve`, then run `valgrind --tool=callgrind call CLIENT CALLS ADDRESS`.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::net::SocketAddr;
use std::sync::Arc;

use talon_benches::call::{
    API_KEY, BareHyper, BareReqwest, BoxError, IDEMPOTENCY_KEY, ReplyServer, USER_AGENT, count,
    request,
};
use talon_client::{CallOptions, Client, ClientConfig, IdempotencyKey, Transport};
use talon_core::IntegrationApi;

/// Clients, each with the one it is compared with. The first only builds the request, which is
/// subtracted from the others.
const CLIENTS: &[(&str, &str)] = &[
    ("request", "request"),
    ("bare-hyper", "bare-hyper"),
    ("talon-hyper", "bare-hyper"),
    ("talon-hyper-dyn", "talon-hyper"),
    ("bare-reqwest", "bare-reqwest"),
    ("talon-reqwest", "bare-reqwest"),
];

fn main() -> Result<(), BoxError> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => table(),
        ["serve"] => serve(),
        [client_name, calls, address] => run(client_name, calls.parse()?, address.parse()?),
        _ => Err("usage: call [serve | CLIENT CALLS ADDRESS]".into()),
    }
}

fn serve() -> Result<(), BoxError> {
    let reply_server = ReplyServer::bind()?;
    println!("{}", reply_server.address()?);
    reply_server.spawn();
    loop {
        std::thread::park();
    }
}

fn table() -> Result<(), BoxError> {
    let reply_server = ReplyServer::bind()?;
    let address = reply_server.address()?;
    reply_server.spawn();
    let mut counts = BTreeMap::new();
    for (client_name, reference) in CLIENTS {
        let counted = count(client_name, address)?;
        counts.insert(*client_name, counted);
        let call = |client_name| {
            counts[client_name] - if client_name == "request" { 0 } else { counts["request"] }
        };
        let [counted, reference] = [*client_name, *reference].map(call);
        #[allow(clippy::cast_precision_loss, reason = "far below 2^52")]
        let ratio = counted as f64 / reference as f64;
        println!("{client_name:<16} {counted:>9} instructions  {ratio:.3}");
    }
    Ok(())
}

/// Makes sequential calls on one thread, so that all runs have the same count.
fn run(client_name: &str, calls: u64, address: SocketAddr) -> Result<(), BoxError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let url = format!("http://{address}");
    let config = ClientConfig::new(url.as_str()).api_key(API_KEY).user_agent(USER_AGENT);
    runtime.block_on(async {
        match client_name {
            "request" => (0..calls).for_each(|_| drop(black_box(request()))),
            "bare-hyper" => {
                let client = BareHyper::new(&url);
                for _ in 0..calls {
                    client.call(request()).await?;
                }
            }
            "bare-reqwest" => {
                let client = BareReqwest::new(&url)?;
                for _ in 0..calls {
                    client.call(request()).await?;
                }
            }
            "talon-hyper" => {
                call_repeatedly(&with_idempotency_key(&talon_hyper::connect(config)?)?, calls)
                    .await?;
            }
            "talon-reqwest" => {
                call_repeatedly(&with_idempotency_key(&talon_reqwest::connect(config)?)?, calls)
                    .await?;
            }
            "talon-hyper-dyn" => {
                let api: Arc<dyn IntegrationApi> =
                    Arc::new(with_idempotency_key(&talon_hyper::connect(config)?)?);
                for _ in 0..calls {
                    api.update_customer_session_v2(request()).await?;
                }
            }
            _ => return Err(format!("there is no client {client_name}").into()),
        }
        Ok(())
    })
}

async fn call_repeatedly<T: Transport>(client: &Client<T>, calls: u64) -> Result<(), BoxError> {
    for _ in 0..calls {
        client.call(request()).await?;
    }
    Ok(())
}

/// A client with a fixed idempotency key, so that all clients send the same bytes.
fn with_idempotency_key<T: Transport>(client: &Client<T>) -> Result<Client<T>, BoxError> {
    let key = IdempotencyKey::new(IDEMPOTENCY_KEY)?;
    Ok(client.with_options(CallOptions::default().idempotency_key(key)))
}
