//! `talon serve`

use clap::builder::NonEmptyStringValueParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use talon_fake::{ControlAccess, Worlds};

use crate::{CliError, output};

const AFTER_HELP: &str = "\
Prints the line `listening on http://ADDRESS:PORT` when the server is ready, and on stderr what it offers \
and a line for each request, without keys and bodies: `--log json` for programs, `--quiet` for neither. \
Ctrl-C stops the server.

Without --world it serves the demo world: API key demo-key, application 1 with the key \
fefecafedeadbeef, campaign 1 with the coupons SUMMER10, WELCOME5, LIMITED1, EXPIRED and \
SUMMER25%OFF. The page /_fake/ shows in a browser what is in the world and the calls as they come. Requests \
below /_fake/ control the clock, faults, recorded calls, snapshots and a reset.

Examples:
  talon serve --port 8080 &
  curl -X PUT http://127.0.0.1:8080/v2/customer_sessions/cart-1 \\
    -H 'Authorization: ApiKey-v1 demo-key' \\
    -d '{\"customerSession\": {\"couponCodes\": [\"SUMMER10\"],
         \"cartItems\": [{\"sku\": \"A\", \"quantity\": 2, \"price\": 50}]}}'
  curl -X POST http://127.0.0.1:8080/_fake/clock -d '{\"advance\": {\"days\": 30}}'";

mod listen;
mod log;
mod state;
mod worlds;

use listen::bind;
use log::{ControlHint, Format, Greeting, Log};
pub(crate) use worlds::{load_worlds, valid_key, world_options};

pub(crate) fn command() -> Command {
    Command::new("serve")
        .about("Serves the fake over HTTP, for SDKs of any language")
        .after_help(AFTER_HELP)
        .arg(
            Arg::new("port")
                .long("port")
                .value_name("N")
                .default_value("8080")
                .value_parser(value_parser!(u16))
                .help("Port to listen on; 0 selects a free port"),
        )
        .arg(
            Arg::new("host")
                .long("host")
                .value_name("ADDRESS")
                .default_value("127.0.0.1")
                .help("Address or host name to listen on; other machines cannot reach a loopback address"),
        )
        .args(world_options())
        .arg(
            Arg::new("state")
                .long("state")
                .value_name("FILE")
                .value_parser(NonEmptyStringValueParser::new())
                .help("Load the worlds from this file, and save changes to it"),
        )
        .arg(
            Arg::new("durable")
                .long("durable")
                .action(ArgAction::SetTrue)
                .requires("state")
                .help("Save each change before the reply is sent; without it, a kill loses about two seconds"),
        )
        .arg(
            Arg::new("control-token")
                .long("control-token")
                .value_name("TOKEN")
                .env("TALON_CONTROL_TOKEN")
                .hide_env_values(true)
                .help("Secret for /_fake/; without a token, /_fake/ is disabled on addresses other than loopback"),
        )
        .arg(
            Arg::new("strict")
                .long("strict")
                .action(ArgAction::SetTrue)
                .help("Refuse requests with unknown members, which the service ignores"),
        )
        .arg(
            Arg::new("log")
                .long("log")
                .value_name("FORMAT")
                .default_value("text")
                .value_parser(["text", "json"])
                .help("Format of stderr; json is one object per line"),
        )
        .arg(
            Arg::new("quiet")
                .long("quiet")
                .short('q')
                .action(ArgAction::SetTrue)
                .help("Print neither the greeting nor a line per request on stderr"),
        )
}

pub(crate) async fn run(matches: &ArgMatches) -> Result<(), CliError> {
    let format = match matches.get_one::<String>("log").map(String::as_str) {
        Some("json") => Format::Json,
        _ => Format::Text,
    };
    let (log, writer) = Log::start(format, matches.get_flag("quiet"));
    let served = serve(matches, &log).await;
    // In the format of the other lines, of which it is the last one.
    let result = served.map_err(|error| error.printed_by(|message| log.message(message)));
    if result.is_ok() {
        log.message("stopped");
    }
    writer.finish();
    result
}

/// Serves until a signal ends it.
async fn serve(matches: &ArgMatches, log: &Log) -> Result<(), CliError> {
    let state = matches.get_one::<String>("state").map(|path| state::open(path)).transpose()?;
    let worlds = load_worlds(matches, state.as_deref(), |message| log.message(message))?;
    let worlds = if matches.get_flag("strict") { worlds.strict() } else { worlds };
    let server = bind(matches).await?;
    let token = matches.get_one::<String>("control-token").map(String::as_str);
    let mut service = worlds.service().control(ControlAccess::at(server.local_addr(), token));
    if !log.is_quiet() {
        let log = log.clone();
        service = service.on_call(move |call| log.call(call));
    }
    if let Some(state) = state.clone().filter(|_| matches.get_flag("durable")) {
        service = service.durable(state);
    }
    let control = match token {
        Some(_) => ControlHint::WithToken,
        None if server.local_addr().ip().is_loopback() => ControlHint::Open,
        None => ControlHint::Off,
    };
    ignore_file_size_signal();
    let shutdown_signal = shutdown_signal()
        .map_err(|error| CliError::usage(format!("cannot listen for signals: {error}")))?;
    let (url, api_keys) = (server.url(), keys_of(&worlds));
    let takes_new_keys = matches.get_flag("fresh-worlds");
    let greeting = Greeting { url, api_keys, takes_new_keys, control };
    let auto_save =
        state.map(|state| state::AutoSave::start(state, worlds, log.clone())).transpose()?;
    log.greet(&greeting);
    output::print_line(&format!("listening on {}", server.url()))?;
    server.serve(service, shutdown_signal).await;
    if let Some(auto_save) = auto_save {
        auto_save.finish().await?;
    }
    Ok(())
}

/// A valid API key of each world that has one, as the greeting shows them.
fn keys_of(worlds: &Worlds) -> Vec<String> {
    worlds.all().iter().filter_map(valid_key).collect()
}

/// Installs handlers for Ctrl-C (SIGINT) and SIGTERM; the future completes at either signal.
#[cfg(unix)]
fn shutdown_signal() -> std::io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// The future completes at Ctrl-C.
#[cfg(not(unix))]
fn shutdown_signal() -> std::io::Result<impl Future<Output = ()> + Send> {
    Ok(async {
        // On an error the process can only be killed.
        let _ = tokio::signal::ctrl_c().await;
    })
}

/// Installs a handler for SIGXFSZ, so that a state file larger than the limit (`ulimit -f`) is an
/// error of the save and does not kill the process.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn ignore_file_size_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    const SIGXFSZ: i32 = 25;
    // tokio never removes a handler. Without one, the signal kills the process as before.
    let _ = signal(SignalKind::from_raw(SIGXFSZ));
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn ignore_file_size_signal() {}
