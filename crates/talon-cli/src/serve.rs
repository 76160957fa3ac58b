//! `talon serve`

use std::net::{IpAddr, SocketAddr};

use clap::{Arg, ArgMatches, Command, value_parser};
use talon_fake::{Fake, World};
use talon_server::{Server, ServerConfig};

use crate::{Failure, out};

const AFTER_HELP: &str = "\
Prints one line, `listening on http://ADDRESS:PORT`, when it is ready. Ctrl-C ends it.

Without a file it serves the demo world: API key demo-key, application 1 with the key \
fefecafedeadbeef, campaign 1 with the coupons SUMMER10, WELCOME5, LIMITED1, EXPIRED and \
SUMMER25%OFF. Try:

  curl -X PUT http://127.0.0.1:8080/v2/customer_sessions/cart-1 -H 'Authorization: ApiKey-v1 \
demo-key' -d '{\"customerSession\": {\"couponCodes\": [\"SUMMER10\"], \"cartItems\": [{\"sku\": \
\"A\", \"quantity\": 2, \"price\": 50}]}}'";

pub(crate) fn command() -> Command {
    Command::new("serve")
        .about("Serves the fake over HTTP, for an SDK of any language")
        .after_help(AFTER_HELP)
        .arg(
            Arg::new("port")
                .long("port")
                .value_name("N")
                .default_value("8080")
                .value_parser(value_parser!(u16))
                .help("Port to listen on; 0 picks a free one"),
        )
        .arg(
            Arg::new("host")
                .long("host")
                .value_name("ADDRESS")
                .default_value("127.0.0.1")
                .value_parser(value_parser!(IpAddr))
                .help("Address to listen on; other machines reach any but a loopback one"),
        )
        .arg(
            Arg::new("world")
                .long("world")
                .value_name("FILE")
                .help("World to begin with, as JSON; the demo world when absent"),
        )
}

pub(crate) async fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let world = match matches.get_one::<String>("world") {
        Some(file) => read_world(file)?,
        None => World::demo(),
    };
    let fake = Fake::new(world).map_err(|error| Failure::usage(error.to_string()))?;
    let host = matches.get_one::<IpAddr>("host").copied().unwrap_or([127, 0, 0, 1].into());
    let port = matches.get_one::<u16>("port").copied().unwrap_or_default();
    let address = SocketAddr::new(host, port);
    let server = Server::bind(ServerConfig::default().address(address))
        .await
        .map_err(|error| Failure::usage(format!("cannot listen on {address}: {error}")))?;
    out::line(&format!("listening on {}", server.url()))?;
    server.serve(fake.service(), interrupted()).await;
    eprintln!("talon: stopped");
    Ok(())
}

fn read_world(file: &str) -> Result<World, Failure> {
    let json = std::fs::read_to_string(file)
        .map_err(|error| Failure::usage(format!("cannot read {file}: {error}")))?;
    World::from_json(&json).map_err(|error| Failure::usage(format!("{file}: {error}")))
}

/// Ctrl-C, or on Unix the signal that `kill` sends.
async fn interrupted() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
