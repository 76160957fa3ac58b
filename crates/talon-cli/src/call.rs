//! `talon call`

use std::io::Read as _;

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::Value;
use talon_client::ClientConfig;
use talon_core::api::Call;
use talon_core::operation::RequestReader;
use talon_core::{
    IntegrationApi, OPERATIONS, Operation as _, OperationInfo, for_each_operation, operations,
};

use crate::{Failure, out, transport};

const AFTER_HELP: &str = "\
Where and who: TALON_BASE_URL (or --base-url) and TALON_API_KEY. Keys are read from the environment \
alone, where other users do not see them.

  export TALON_BASE_URL=http://127.0.0.1:8080 TALON_API_KEY=demo-key
  talon call getCustomerInventory --integrationId anna --profile true
  echo '{\"attributes\": {\"Name\": \"Anna\"}}' | \
talon call updateCustomerProfileV2 --customerProfileId anna --body -";

/// One subcommand per operation, made from the table of operations.
pub(crate) fn command() -> Command {
    let command = Command::new("call")
        .about("Calls one operation and prints the reply as JSON")
        .after_help(AFTER_HELP)
        .subcommand_required(true)
        .subcommand_value_name("OPERATION")
        .subcommand_help_heading("Operations")
        .arg_required_else_help(true);
    OPERATIONS.iter().fold(command, |command, info| command.subcommand(subcommand(info)))
}

fn subcommand(info: &'static OperationInfo) -> Command {
    let command = Command::new(info.id)
        .about(format!("{} {}", info.method, info.path))
        .after_help(format!("Upstream: {}", info.reference()))
        .arg(
            Arg::new("@base-url")
                .long("base-url")
                .value_name("URL")
                .env("TALON_BASE_URL")
                .help("Where the API is"),
        )
        .arg(transport::option(&["reqwest", "hyper"]))
        .arg(
            Arg::new("@allow-plain-http")
                .long("allow-plain-http")
                .action(ArgAction::SetTrue)
                .help("Allow http to other machines"),
        );
    let path = info.path_params().map(|name| parameter(name, "Part of the path").required(true));
    let query = info.query.iter().map(|name| parameter(name, "Query parameter"));
    let command = path.chain(query).fold(command, Command::arg);
    if !info.has_body {
        return command;
    }
    let body = Arg::new("@body").long("body").value_name("FILE").required(true);
    command.arg(body.help("JSON body, from a file or, as -, from stdin"))
}

fn parameter(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name("VALUE").allow_hyphen_values(true).help(help)
}

pub(crate) async fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let Some((id, matches)) = matches.subcommand() else {
        return Err(Failure::usage("no operation; see talon operations"));
    };
    let Some(info) = OPERATIONS.iter().find(|info| info.id == id) else {
        return Err(Failure::usage(format!("no operation {id}; see talon operations")));
    };
    let body = if info.has_body { read_body(matches)? } else { Vec::new() };
    let value = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let request = RequestReader::of_values(info, value, &body);
    let api = transport::connect(transport::name(matches), config(matches)?)?;
    let reply = call(&*api, id, &request).await?;
    if reply.is_null() { Ok(()) } else { out::line(&format!("{reply:#}")) }
}

fn config(matches: &ArgMatches) -> Result<ClientConfig, Failure> {
    let Some(base_url) = matches.get_one::<String>("@base-url") else {
        return Err(Failure::usage("no base URL: set TALON_BASE_URL or give --base-url"));
    };
    let Ok(key) = std::env::var("TALON_API_KEY") else {
        return Err(Failure::usage("no API key: set TALON_API_KEY"));
    };
    let config = ClientConfig::new(base_url).api_key(key);
    let allow = matches.get_flag("@allow-plain-http");
    Ok(if allow { config.allow_plain_http() } else { config })
}

fn read_body(matches: &ArgMatches) -> Result<Vec<u8>, Failure> {
    let file = matches.get_one::<String>("@body").map_or("-", String::as_str);
    let read = if file == "-" {
        let mut body = Vec::new();
        std::io::stdin().read_to_end(&mut body).map(|_| body)
    } else {
        std::fs::read(file)
    };
    read.map_err(|error| Failure::usage(format!("cannot read {file}: {error}")))
}

macro_rules! declare_call {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        /// Reads the request as the operation `id` has it, calls, and returns the reply as JSON.
        async fn call(
            api: &dyn IntegrationApi,
            id: &str,
            request: &RequestReader<'_>,
        ) -> Result<Value, Failure> {
            $(
                if id == operations::$request::INFO.id {
                    return one::<operations::$request>(api, request).await;
                }
            )+
            Err(Failure::usage(format!("no operation {id}")))
        }
    };
}

for_each_operation!(declare_call);

async fn one<O: Call>(
    api: &dyn IntegrationApi,
    request: &RequestReader<'_>,
) -> Result<Value, Failure> {
    let operation = O::read(request).map_err(|error| match error.api() {
        Some(invalid) => {
            let problems = invalid.problems().iter().filter_map(|p| p.details.as_deref());
            Failure::usage(problems.collect::<Vec<_>>().join("; "))
        }
        None => error.into(),
    })?;
    let reply = operation.call(api).await?;
    serde_json::to_value(reply)
        .map_err(|error| Failure::call(format!("the reply has no JSON form: {error}")))
}
