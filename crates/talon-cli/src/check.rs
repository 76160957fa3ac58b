//! `talon check`

use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::Value;
use talon_core::document::{did_you_mean, find_lost_values, to_path};
use talon_core::effect::EffectKind;
use talon_core::json;

use crate::pretty::pretty;
use crate::{CliError, input, output};

mod decode;

use decode::Payload;

const AFTER_HELP: &str = "\
Prints the payload as this version understands it. Messages on stderr name each
member that would be lost, and each effect that this version does not know.
Effects that it does not know are kept as they are.

Exit status: 0 when nothing is lost, 1 when something is, 2 when the payload
does not fit.

Examples:
  echo '{\"value\": \"SPRING\", \"usageLimit\": 1, \"colour\": \"red\"}' > coupon.json
  talon check --as Coupon coupon.json || echo 'a member would be lost'";

pub(crate) fn command() -> Command {
    Command::new("check")
        .about("Checks whether this version understands a recorded payload")
        .after_help(AFTER_HELP)
        .arg(
            Arg::new("as")
                .long("as")
                .value_name("OPERATION|MODEL")
                .required(true)
                .help("Operation whose reply it is, or name of a model, such as Coupon"),
        )
        .arg(
            Arg::new("request")
                .long("request")
                .action(ArgAction::SetTrue)
                .help("The payload is the body of a request of the operation"),
        )
        .arg(Arg::new("file").value_name("FILE").required(true).help(input::HELP))
}

pub(crate) fn run(matches: &ArgMatches) -> Result<(), CliError> {
    let file = matches.get_one::<String>("file").map_or(input::STDIN, String::as_str);
    let name = matches.get_one::<String>("as").map_or("", String::as_str);
    let text = input::read(file)?;
    let file = input::name(file);
    let payload = payload(name, matches.get_flag("request"))?;
    let document = input::document(file, &text)?;
    let decoded = payload.decode(&document).map_err(|error| CliError::invalid(file, &error))?;
    output::print_line(&pretty(&decoded))?;

    let value = |json: &str| json::value_from_slice(json.as_bytes()).map_err(CliError::from);
    let original = value(document.text())?;
    for (path, effect_type) in unknown_effects(&original) {
        let position = document.position(&path);
        eprintln!("talon: {file}: {path}: unknown effect {effect_type}, kept, at {position}");
    }
    let lost = find_lost_values(&original, &value(&decoded)?);
    for pointer in &lost {
        let path = to_path(pointer);
        let position = document.position(&path);
        eprintln!("talon: {file}: {path}: not known to {name}, would be lost, at {position}");
    }
    match lost.len() {
        0 => Ok(()),
        1 => Err(CliError::call("1 value would be lost")),
        count => Err(CliError::call(format!("{count} values would be lost"))),
    }
}

fn payload(name: &str, is_request: bool) -> Result<Payload, CliError> {
    let found = if is_request { Payload::request(name) } else { Payload::reply_or_model(name) };
    found.ok_or_else(|| {
        let near = did_you_mean(name, Payload::names(is_request));
        let near = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
        let what = if is_request { "operation with a body" } else { "operation or model" };
        CliError::usage(format!("--as {name}: no such {what}{near}; see talon operations"))
    })
}

/// Paths and types of the effects that this version has no model of.
fn unknown_effects(value: &Value) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    collect_unknown_effects(value, "", &mut found);
    found
}

fn collect_unknown_effects<'v>(value: &'v Value, path: &str, found: &mut Vec<(String, &'v str)>) {
    match value {
        Value::Object(members) => {
            let effect_type = members.get("effectType").and_then(Value::as_str);
            if let Some(name) = effect_type.filter(|name| !EffectKind::TYPES.contains(name)) {
                found.push((path.to_owned(), name));
            }
            for (name, member) in members {
                let dot = if path.is_empty() { "" } else { "." };
                collect_unknown_effects(member, &format!("{path}{dot}{name}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect_unknown_effects(item, &format!("{path}[{index}]"), found);
            }
        }
        _ => {}
    }
}
