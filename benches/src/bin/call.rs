//! Counts the instructions of one call, ours beside those of bare clients.
//!
//! `cargo run --release -p talon-benches --bin call` prints a table. To profile a way to call, start
//! the server with `call serve`, then run `valgrind --tool=callgrind call WAY CALLS ADDRESS`.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::net::SocketAddr;
use std::sync::Arc;

use talon_benches::call::{
    API_KEY, BareHyper, BareReqwest, BoxError, IDEMPOTENCY_KEY, Replier, USER_AGENT, count, request,
};
use talon_client::{CallOptions, Client, ClientConfig, IdempotencyKey, Transport};
use talon_core::IntegrationApi;

/// Ways to call, each with the one it is compared with. The first makes the request alone, which is
/// no part of a call.
const WAYS: &[(&str, &str)] = &[
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
        [way, calls, address] => run(way, calls.parse()?, address.parse()?),
        _ => Err("usage: call [serve | WAY CALLS ADDRESS]".into()),
    }
}

fn serve() -> Result<(), BoxError> {
    let replier = Replier::bind()?;
    println!("{}", replier.address()?);
    replier.spawn();
    loop {
        std::thread::park();
    }
}

fn table() -> Result<(), BoxError> {
    let replier = Replier::bind()?;
    let address = replier.address()?;
    replier.spawn();
    let mut counts = BTreeMap::new();
    for (way, reference) in WAYS {
        let counted = count(way, address)?;
        counts.insert(*way, counted);
        let call = |way| counts[way] - if way == "request" { 0 } else { counts["request"] };
        let [counted, reference] = [*way, *reference].map(call);
        #[allow(clippy::cast_precision_loss, reason = "far below 2^52")]
        let ratio = counted as f64 / reference as f64;
        println!("{way:<16} {counted:>9} instructions  {ratio:.3}");
    }
    Ok(())
}

/// One call after another, on one thread, so that every run counts the same.
fn run(way: &str, calls: u64, address: SocketAddr) -> Result<(), BoxError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let url = format!("http://{address}");
    let config = ClientConfig::new(url.as_str()).api_key(API_KEY).user_agent(USER_AGENT);
    runtime.block_on(async {
        match way {
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
            "talon-hyper" => of_type(&keyed(&talon_hyper::connect(config)?)?, calls).await?,
            "talon-reqwest" => of_type(&keyed(&talon_reqwest::connect(config)?)?, calls).await?,
            "talon-hyper-dyn" => {
                let api: Arc<dyn IntegrationApi> = Arc::new(keyed(&talon_hyper::connect(config)?)?);
                for _ in 0..calls {
                    api.update_customer_session_v2(request()).await?;
                }
            }
            _ => return Err(format!("there is no way to call named {way}").into()),
        }
        Ok(())
    })
}

async fn of_type<T: Transport>(client: &Client<T>, calls: u64) -> Result<(), BoxError> {
    for _ in 0..calls {
        client.call(request()).await?;
    }
    Ok(())
}

/// All send the same bytes, so the key is not made up for each call.
fn keyed<T: Transport>(client: &Client<T>) -> Result<Client<T>, BoxError> {
    let key = IdempotencyKey::new(IDEMPOTENCY_KEY)?;
    Ok(client.with_options(CallOptions::default().idempotency_key(key)))
}
