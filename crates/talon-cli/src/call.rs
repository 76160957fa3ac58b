//! `talon call`

use clap::{Arg, ArgAction, ArgMatches, Command};
use talon_client::{Client, ClientConfig, Transport};
use talon_core::document::Document;
use talon_core::operation::RequestReader;
use talon_core::{OPERATIONS, Operation, OperationInfo, RawJson, for_each_operation, operations};

use crate::{CliError, input, output, transport};

mod pretty;
mod verbatim;

use pretty::pretty;
use verbatim::VerbatimOperation;

const AFTER_HELP: &str = "\
Set TALON_BASE_URL (or --base-url) and TALON_API_KEY. The API key is read only from the environment, \
because other users can see the arguments of a command.

  export TALON_BASE_URL=http://127.0.0.1:8080 TALON_API_KEY=demo-key
  talon call getCustomerInventory --integrationId anna --profile true
  echo '{\"attributes\": {\"Name\": \"Anna\"}}' | \
talon call updateCustomerProfileV2 --customerProfileId anna --body -";

/// One subcommand for each entry of `OPERATIONS`.
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
        .after_help(format!("Documentation: {}", info.reference()))
        .arg(
            Arg::new("@base-url")
                .long("base-url")
                .value_name("URL")
                .env("TALON_BASE_URL")
                .help("Base URL of the API"),
        )
        .arg(transport::option(&["reqwest", "hyper"]))
        .arg(
            Arg::new("@allow-plain-http")
                .long("allow-plain-http")
                .action(ArgAction::SetTrue)
                .help("Allow plain HTTP to other machines"),
        );
    let path = info.path_params().map(|name| parameter(name, "Part of the path").required(true));
    let query = info.query.iter().map(|name| parameter(name, "Query parameter"));
    let command = path.chain(query).fold(command, Command::arg);
    if !info.has_body {
        return command;
    }
    let body = Arg::new("@body").long("body").value_name("FILE").required(true);
    command.arg(body.help("File with the JSON body; - reads standard input"))
}

fn parameter(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name("VALUE").allow_hyphen_values(true).help(help)
}

#[expect(clippy::future_not_send, reason = "the command waits on its main thread")]
pub(crate) async fn run(matches: &ArgMatches) -> Result<(), CliError> {
    let Some((id, matches)) = matches.subcommand() else {
        return Err(CliError::usage("no operation; see talon operations"));
    };
    let Some(info) = OPERATIONS.iter().find(|info| info.id == id) else {
        return Err(CliError::usage(format!("no operation {id}; see talon operations")));
    };
    let body = if info.has_body { Some(Body::read(matches)?) } else { None };
    let document = body.as_ref().map(Body::document).transpose()?;
    let request = Request { info, matches, document: document.as_ref() };
    let config = config(matches)?;
    let reply = match transport::name(matches) {
        "hyper" => call(&talon_hyper::connect(config)?, &request).await?,
        _ => call(&talon_reqwest::connect(config)?, &request).await?,
    };
    if reply.get() == "null" { Ok(()) } else { output::print_line(&pretty(reply.get())) }
}

/// The JSON body, and the file that it was read from.
struct Body {
    file: String,
    text: String,
}

impl Body {
    fn read(matches: &ArgMatches) -> Result<Self, CliError> {
        let file = matches.get_one::<String>("@body").map_or(input::STDIN, String::as_str);
        Ok(Self { file: input::name(file).to_owned(), text: input::read(file)? })
    }

    fn document(&self) -> Result<Document<'_>, CliError> {
        let parsed = Document::parse(&self.text);
        parsed.map_err(|error| CliError::usage(format!("{}: {error}", self.file)))
    }
}

/// An operation with its arguments.
struct Request<'a> {
    info: &'static OperationInfo,
    matches: &'a ArgMatches,
    document: Option<&'a Document<'a>>,
}

fn config(matches: &ArgMatches) -> Result<ClientConfig, CliError> {
    let Some(base_url) = matches.get_one::<String>("@base-url") else {
        return Err(CliError::usage("no base URL: set TALON_BASE_URL or --base-url"));
    };
    let Ok(key) = std::env::var("TALON_API_KEY") else {
        return Err(CliError::usage("no API key: set TALON_API_KEY"));
    };
    let config = ClientConfig::new(base_url).api_key(key);
    let allow = matches.get_flag("@allow-plain-http");
    Ok(if allow { config.allow_plain_http() } else { config })
}

macro_rules! declare_call {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        /// Builds the request of the operation, sends it, and returns the reply as raw JSON.
        #[expect(clippy::future_not_send, reason = "the command waits on its main thread")]
        async fn call<T: Transport>(
            client: &Client<T>,
            request: &Request<'_>,
        ) -> Result<RawJson, CliError> {
            $(
                if request.info.id == operations::$request::INFO.id {
                    return Ok(client.call(request.read::<operations::$request>()?).await?);
                }
            )+
            Err(CliError::usage(format!("no operation {}", request.info.id)))
        }
    };
}

for_each_operation!(declare_call);

impl Request<'_> {
    /// Builds the operation, and prints a warning for each member of the body that it does not
    /// know.
    fn read<O: Operation>(&self) -> Result<VerbatimOperation<O>, CliError> {
        let value = |name: &str| self.matches.get_one::<String>(name).map(String::as_str);
        let reader = match self.document {
            Some(document) => RequestReader::from_document(self.info, value, document),
            None => RequestReader::from_values(self.info, value, &[]),
        };
        let operation = O::read(&reader).map_err(invalid_request)?;
        self.document.into_iter().for_each(warn_about_unknown_member);
        Ok(VerbatimOperation::new(operation, self.document.map(Document::text)))
    }
}

fn invalid_request(error: talon_core::Error) -> CliError {
    match error.api() {
        Some(invalid) => {
            let problems = invalid.problems().iter().filter_map(|p| p.details.as_deref());
            CliError::usage(problems.collect::<Vec<_>>().join("; "))
        }
        None => error.into(),
    }
}

/// Unknown members are sent unchanged, since the service may know them.
fn warn_about_unknown_member(document: &Document<'_>) {
    for member in document.unknown_members() {
        let question = member.suggestion.map(|near| format!("; did you mean `{near}`?"));
        eprintln!(
            "talon: unknown member {} at {}, sent unchanged{}",
            member.path,
            member.position,
            question.unwrap_or_default()
        );
    }
}
