//! `talon health`

use std::time::Duration;

use bytes::Bytes;
use clap::{Arg, ArgMatches, Command};
use http::{Request, StatusCode};
use talon_client::{ClientConfig, Transport as _};
use talon_hyper::HyperTransport;

use crate::{CliError, output};

/// How long an answer may take.
const TIMEOUT: Duration = Duration::from_secs(5);

const AFTER_HELP: &str = "\
A server is up when it answers. Where its control API needs a token, which this command reads from \
TALON_CONTROL_TOKEN, a refusal is an answer too. Exit status: 0 if it is up, 1 if not.

In a container file:

  HEALTHCHECK CMD [\"/talon\", \"health\"]";

pub(crate) fn command() -> Command {
    Command::new("health")
        .about("Asks a served fake whether it is up, for health checks of containers")
        .after_help(AFTER_HELP)
        .arg(
            Arg::new("url")
                .value_name("URL")
                .default_value("http://127.0.0.1:8080")
                .help("Address of the server"),
        )
}

pub(crate) async fn run(matches: &ArgMatches) -> Result<(), CliError> {
    let url = matches.get_one::<String>("url").map_or("", String::as_str).trim_end_matches('/');
    let mut request = Request::get(format!("{url}/_fake/health"));
    if let Ok(token) = std::env::var("TALON_CONTROL_TOKEN") {
        request = request.header("X-Control-Token", token);
    }
    let request = request
        .body(Bytes::new())
        .map_err(|error| CliError::usage(format!("invalid address {url}: {error}")))?;
    let transport = HyperTransport::new(&ClientConfig::new(url))?;
    let down = |reason: String| CliError::call(format!("{url} is down: {reason}"));
    let reply = tokio::time::timeout(TIMEOUT, transport.send(request))
        .await
        .map_err(|_| down(format!("no answer within {} s", TIMEOUT.as_secs())))?
        .map_err(|error| down(error.to_string()))?;
    match reply.status() {
        StatusCode::OK | StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            output::print_line(&format!("{url} is up"))
        }
        other => Err(down(format!("it answers {other}"))),
    }
}
