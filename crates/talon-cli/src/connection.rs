//! Options of the commands that call an API, and what they print of the reply besides its body.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches};
use http::{HeaderMap, StatusCode};
use talon_client::ClientConfig;
use talon_client::observer::{AttemptReport, Observer};
use talon_core::Error;

use crate::{CliError, output, transport};

// Ids with `@`, which no parameter of an operation has.
const BASE_URL: &str = "@base-url";
const TIMEOUT: &str = "@timeout";
const ALLOW_PLAIN_HTTP: &str = "@allow-plain-http";
const INCLUDE: &str = "@include";
const VERBOSE: &str = "@verbose";

/// How to find the API, for the help of each command.
pub(crate) const HELP: &str = "\
The API key is read from TALON_API_KEY only, because other users can see the
arguments of a command.";

pub(crate) fn options() -> [Arg; 6] {
    let flag = |id: &'static str| Arg::new(id).long(&id[1..]).action(ArgAction::SetTrue);
    [
        Arg::new(BASE_URL)
            .long("base-url")
            .value_name("URL")
            .env("TALON_BASE_URL")
            .help("Base URL of the API"),
        transport::option(&["reqwest", "hyper"]),
        Arg::new(TIMEOUT)
            .long("timeout")
            .value_name("SECONDS")
            .value_parser(seconds)
            .help("Deadline of the call with all its attempts [default: 5]"),
        flag(INCLUDE).short('i').help("Print status and headers of the reply before its body"),
        flag(VERBOSE).short('v').help("Print the request line and each attempt to stderr"),
        flag(ALLOW_PLAIN_HTTP).help("Allow plain HTTP to other machines"),
    ]
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let seconds = seconds.filter(|seconds| !seconds.is_zero());
    seconds.ok_or_else(|| "must be a number of seconds above 0".to_owned())
}

pub(crate) fn config(matches: &ArgMatches) -> Result<ClientConfig, CliError> {
    let Some(base_url) = matches.get_one::<String>(BASE_URL) else {
        return Err(CliError::usage("no base URL: set TALON_BASE_URL or --base-url"));
    };
    let Ok(key) = std::env::var("TALON_API_KEY") else {
        return Err(CliError::usage("no API key: set TALON_API_KEY"));
    };
    let mut config = ClientConfig::new(base_url).api_key(key);
    if matches.get_flag(ALLOW_PLAIN_HTTP) {
        config = config.allow_plain_http();
    }
    if let Some(timeout) = matches.get_one::<Duration>(TIMEOUT) {
        config = config.deadline(*timeout).attempt_timeout(*timeout);
    }
    Ok(if matches.get_flag(VERBOSE) { config.observer(Arc::new(PrintAttempts)) } else { config })
}

/// Prints method and path with `--verbose`.
pub(crate) fn announce(matches: &ArgMatches, method: &http::Method, target: &impl ToString) {
    if matches.get_flag(VERBOSE) {
        let base_url = matches.get_one::<String>(BASE_URL).map_or("", String::as_str);
        eprintln!("talon: {method} {}{}", base_url.trim_end_matches('/'), target.to_string());
    }
}

/// Prints a line for each attempt.
#[derive(Debug)]
struct PrintAttempts;

impl Observer for PrintAttempts {
    fn on_attempt(&self, report: &AttemptReport<'_>) {
        let result = match (report.status, report.error) {
            (Some(status), _) => status.to_string(),
            (None, Some(kind)) => format!("{kind:?}"),
            (None, None) => "no reply".to_owned(),
        };
        eprintln!("talon: attempt {}: {result}, {} ms", report.number, report.duration.as_millis());
    }
}

/// Prints status and headers with `--include`.
pub(crate) fn print_head(
    matches: &ArgMatches,
    status: StatusCode,
    headers: &HeaderMap,
) -> Result<(), CliError> {
    if !matches.get_flag(INCLUDE) {
        return Ok(());
    }
    let mut head = format!("{status}\n");
    for (name, value) in headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        // Writing to a string cannot fail.
        let _ = writeln!(head, "{name}: {value}");
    }
    output::print_line(&head)
}

/// Prints the reply of a failed call with `--include`, and returns the error of the command.
pub(crate) fn failed(matches: &ArgMatches, error: Error) -> CliError {
    let printed = match (error.status(), error.headers()) {
        (Some(status), Some(headers)) if matches.get_flag(INCLUDE) => {
            let body = error.body().map(|body| String::from_utf8_lossy(body).into_owned());
            print_head(matches, status, headers)
                .and_then(|()| body.map_or(Ok(()), |body| output::print_line(&body)))
        }
        _ => Ok(()),
    };
    printed.err().unwrap_or_else(|| error.into())
}
