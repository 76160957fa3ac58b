//! `talon operations`

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Value, json};
use talon_core::operation::{ParamFormat, ParamInfo};
use talon_core::{OPERATIONS, OperationInfo};

use crate::{CliError, output};

pub(crate) fn command() -> Command {
    Command::new("operations").about("Lists the operations of the API as JSON").arg(
        Arg::new("table")
            .long("table")
            .action(ArgAction::SetTrue)
            .help("Print a table instead of JSON"),
    )
}

pub(crate) fn run(matches: &ArgMatches) -> Result<(), CliError> {
    let operations = by_id();
    if matches.get_flag("table") {
        let width = operations.iter().map(|info| info.id.len()).max().unwrap_or_default() + 2;
        return operations.into_iter().try_for_each(|info| {
            let OperationInfo { id, method, path, .. } = info;
            output::print_line(&format!("{id:<width$}{:<8}{path}", method.as_str()))
        });
    }
    let list: Vec<Value> = operations.into_iter().map(describe).collect();
    output::print_line(&format!("{:#}", Value::from(list)))
}

/// All operations in the order of their ids.
pub(crate) fn by_id() -> Vec<&'static OperationInfo> {
    let mut operations = OPERATIONS.to_vec();
    operations.sort_by_key(|info| info.id);
    operations
}

fn describe(info: &OperationInfo) -> Value {
    json!({
        "id": info.id,
        "method": info.method.as_str(),
        "path": info.path,
        "query": info.query,
        "parameters": info.params.iter().map(parameter).collect::<Vec<_>>(),
        "body": info.has_body,
        "success": info.success.iter().map(http::StatusCode::as_u16).collect::<Vec<_>>(),
        "auth": info.auth.iter().map(|scheme| format!("{scheme:?}")).collect::<Vec<_>>(),
        "retry": format!("{:?}", info.retry),
        "reference": info.reference(),
    })
}

fn parameter(param: &ParamInfo) -> Value {
    let (format, values) = match param.format {
        ParamFormat::Enum(values) => ("enum", values),
        ParamFormat::Integer => ("integer", &[][..]),
        ParamFormat::Boolean => ("boolean", &["true", "false"][..]),
        ParamFormat::YesNo => ("boolean", &["yes", "no"][..]),
        ParamFormat::Timestamp => ("date-time", &[][..]),
        _ => ("text", &[][..]),
    };
    json!({ "name": param.name, "format": format, "values": values, "list": param.is_list })
}
