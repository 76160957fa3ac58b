//! `talon api`

use bytes::Bytes;
use clap::{Arg, ArgMatches, Command};
use http::{HeaderName, HeaderValue, Method, Request, Response, Uri};
use talon_client::{Client, Transport};
use talon_core::RawJson;

use crate::pretty::pretty;
use crate::{CliError, connection, input, output, transport};

const AFTER_HELP: &str = "\
The request has the keys, retries and deadline of an operation. GET, PUT and
DELETE are repeated when a reply is lost, POST is not.

Examples:
  export TALON_BASE_URL=http://127.0.0.1:8080 TALON_API_KEY=demo-key
  talon api GET '/v1/integration/campaigns?pageSize=1'
  echo '{\"attributes\": {\"Name\": \"Anna\"}}' |
    talon api PUT /v2/customer_profiles/anna --body - --include";

pub(crate) fn command() -> Command {
    let method = Arg::new("method").value_name("METHOD").required(true);
    let path = Arg::new("path").value_name("PATH").required(true);
    let header = Arg::new("header").long("header").short('H').value_name("NAME:VALUE");
    let body = Arg::new("body").long("body").value_name("FILE");
    Command::new("api")
        .about("Sends a request with any method and path, and prints the reply")
        .after_help(format!("{}\n\n{AFTER_HELP}", connection::HELP))
        .arg(
            method
                .value_parser(|text: &str| text.to_uppercase().parse::<Method>())
                .help("HTTP method, such as GET"),
        )
        .arg(
            path.value_parser(path_and_query)
                .help("Path below the base URL, with its query; ids are percent-encoded"),
        )
        .arg(body.help("Body of the request; - reads standard input"))
        .arg(
            header
                .action(clap::ArgAction::Append)
                .value_parser(name_and_value)
                .help("Header to add; may be repeated"),
        )
        .args(connection::options())
}

fn path_and_query(text: &str) -> Result<Uri, String> {
    let uri = text.parse::<Uri>().map_err(|error| error.to_string())?;
    let is_relative = uri.authority().is_none() && text.starts_with('/');
    if is_relative { Ok(uri) } else { Err("must begin with / and have no host".to_owned()) }
}

fn name_and_value(text: &str) -> Result<(HeaderName, HeaderValue), String> {
    let (name, value) = text.split_once(':').ok_or("must be NAME:VALUE")?;
    let name = name.trim().parse::<HeaderName>().map_err(|error| error.to_string())?;
    let value = value.trim().parse::<HeaderValue>().map_err(|error| error.to_string())?;
    Ok((name, value))
}

pub(crate) async fn run(matches: &ArgMatches) -> Result<(), CliError> {
    let request = request(matches)?;
    let config = connection::config(matches)?;
    connection::announce(matches, request.method(), request.uri());
    let reply = match transport::name(matches) {
        "hyper" => send(&talon_hyper::connect(config)?, request).await,
        _ => send(&talon_reqwest::connect(config)?, request).await,
    };
    let reply = reply.map_err(|error| connection::failed(matches, error))?;
    connection::print_head(matches, reply.status(), reply.headers())?;
    print_body(reply.body())
}

fn request(matches: &ArgMatches) -> Result<Request<Bytes>, CliError> {
    let body = matches.get_one::<String>("body").map(|file| input::read(file)).transpose()?;
    let mut request = Request::new(Bytes::from(body.unwrap_or_default()));
    *request.method_mut() = matches.get_one::<Method>("method").cloned().unwrap_or_default();
    *request.uri_mut() = matches.get_one::<Uri>("path").cloned().unwrap_or_default();
    let headers = matches.get_many::<(HeaderName, HeaderValue)>("header").into_iter().flatten();
    request.headers_mut().extend(headers.cloned());
    Ok(request)
}

async fn send<T: Transport>(
    client: &Client<T>,
    request: Request<Bytes>,
) -> Result<Response<Bytes>, talon_core::Error> {
    client.call_raw(request).await
}

/// JSON is indented, anything else is printed as it is.
fn print_body(body: &Bytes) -> Result<(), CliError> {
    if body.is_empty() {
        return Ok(());
    }
    match talon_core::json::from_slice::<RawJson>(body) {
        Ok(json) => output::print_line(&pretty(json.get())),
        Err(_) => output::print(body),
    }
}
