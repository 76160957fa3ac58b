//! `talon call`

use clap::{Arg, ArgMatches, Command};
use http::Response;
use talon_client::{Client, Transport};
use talon_core::document::Document;
use talon_core::operation::RequestReader;
use talon_core::{OPERATIONS, Operation, OperationInfo, RawJson, for_each_operation, operations};

use crate::operations::by_id;
use crate::{CliError, connection, input, output, transport};

mod parameter;
mod verbatim;

use crate::pretty::pretty;
use verbatim::VerbatimOperation;

const AFTER_HELP: &str = "\
Examples:
  export TALON_BASE_URL=http://127.0.0.1:8080 TALON_API_KEY=demo-key
  echo '{\"attributes\": {\"Name\": \"Anna\"}}' |
    talon call updateCustomerProfileV2 --customerProfileId anna --body -
  talon call getCustomerInventory --integrationId anna --profile";

/// One subcommand for each operation.
pub(crate) fn command() -> Command {
    let command = Command::new("call")
        .about("Calls one operation and prints the reply as JSON")
        .after_help(format!("{}\n\n{AFTER_HELP}", connection::HELP))
        .subcommand_required(true)
        .subcommand_value_name("OPERATION")
        .subcommand_help_heading("Operations")
        .arg_required_else_help(true);
    command.subcommands(by_id().into_iter().map(subcommand))
}

fn subcommand(info: &'static OperationInfo) -> Command {
    let command = Command::new(info.id)
        .about(format!("{} {}", info.method, info.path))
        .after_help(format!("Documentation: {}", info.reference()))
        .args(info.params.iter().map(|param| {
            parameter::option(param, info.path_params().any(|name| name == param.name))
        }))
        .args(connection::options());
    if !info.has_body {
        return command;
    }
    let body = Arg::new("@body").long("body").value_name("FILE").required(true);
    command.arg(body.help("File with the JSON body; - reads standard input"))
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
    let file = body.as_ref().map_or(input::STDIN, |body| &*body.file);
    let request = Request { info, matches, document: document.as_ref(), file };
    let config = connection::config(matches)?;
    let reply = match transport::name(matches) {
        "hyper" => call(&talon_hyper::connect(config)?, &request).await?,
        _ => call(&talon_reqwest::connect(config)?, &request).await?,
    };
    connection::print_head(matches, reply.status(), reply.headers())?;
    let body = reply.body().get();
    if body == "null" { Ok(()) } else { output::print_line(&pretty(body)) }
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
        input::document(&self.file, &self.text)
    }
}

/// An operation with its arguments.
struct Request<'a> {
    info: &'static OperationInfo,
    matches: &'a ArgMatches,
    document: Option<&'a Document<'a>>,
    /// Name of the file that has the body.
    file: &'a str,
}

macro_rules! declare_call {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        /// Builds the request of the operation, sends it, and returns the reply as raw JSON.
        #[expect(clippy::future_not_send, reason = "the command waits on its main thread")]
        async fn call<T: Transport>(
            client: &Client<T>,
            request: &Request<'_>,
        ) -> Result<Response<RawJson>, CliError> {
            $(
                if request.info.id == operations::$request::INFO.id {
                    return request.send(client, request.read::<operations::$request>()?).await;
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
        let values = |name: &str| {
            let values = self.matches.get_many::<String>(name).into_iter().flatten();
            values.map(String::as_str)
        };
        let reader = match self.document {
            Some(document) => RequestReader::from_document(self.info, values, document),
            None => RequestReader::from_values(self.info, values, &[]),
        };
        let operation = O::read(&reader).map_err(|error| CliError::invalid(self.file, &error))?;
        self.document.into_iter().for_each(warn_about_unknown_member);
        Ok(VerbatimOperation::new(operation, self.document.map(Document::text)))
    }

    #[expect(clippy::future_not_send, reason = "the command waits on its main thread")]
    async fn send<T: Transport, O: Operation>(
        &self,
        client: &Client<T>,
        operation: VerbatimOperation<O>,
    ) -> Result<Response<RawJson>, CliError> {
        connection::announce(self.matches, &self.info.method, &operation.target()?);
        let reply = client.call_with_response(operation).await;
        reply.map_err(|error| connection::failed(self.matches, error))
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
