//! `talon exec`

use std::ffi::{OsStr, OsString};
use std::io::{self, ErrorKind};
use std::process::{ExitCode, ExitStatus};

use clap::builder::OsStringValueParser;
use clap::{Arg, ArgMatches};
use tokio::process::Command;

use crate::CliError;
use crate::serve::{load_worlds, valid_key, world_options};

#[cfg(unix)]
mod signals;

const AFTER_HELP: &str = "\
The server listens on a free port of this machine until the command ends. The environment of the \
command has:

  TALON_BASE_URL     address of the server, such as http://127.0.0.1:41234
  TALON_API_KEY      first valid API key of the first world
  TALON_CONTROL_URL  address of the control API: TALON_BASE_URL with /_fake

Exit status: that of the command, or 128 plus the number of the signal that ended it; 127 if the \
command is not found, 126 if it cannot be started, 2 for invalid usage or files.

Examples:
  talon exec -- env
  talon exec -- sh -c 'curl -s $TALON_CONTROL_URL/health'
  talon world new > world.json
  talon exec --world world.json -- sh -c 'echo $TALON_API_KEY'";

pub(crate) fn command() -> clap::Command {
    clap::Command::new("exec")
        .about("Runs a command, such as tests, with a served fake of its own")
        .after_help(AFTER_HELP)
        .args(world_options())
        .arg(
            Arg::new("command")
                .value_name("COMMAND")
                .num_args(1..)
                .required(true)
                .trailing_var_arg(true)
                .value_parser(OsStringValueParser::new())
                .help("Command to run, and its arguments"),
        )
}

pub(crate) async fn run(matches: &ArgMatches) -> Result<ExitCode, CliError> {
    let worlds = load_worlds(matches, None, |_| {})?;
    let none = "the world has no API key that is valid: name one in application.apiKeys";
    let key = valid_key(&worlds.first()).ok_or_else(|| CliError::usage(none))?;
    let server = worlds.serve().await;
    let server =
        server.map_err(|error| CliError::usage(format!("cannot serve the fake: {error}")))?;
    let mut arguments = matches.get_many::<OsString>("command").into_iter().flatten();
    let program = arguments.next().ok_or_else(|| CliError::usage("no command given"))?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env("TALON_BASE_URL", server.url())
        .env("TALON_API_KEY", key)
        .env("TALON_CONTROL_URL", format!("{}/_fake", server.url()));
    let status = wait(command).await.map_err(|error| cannot_run(program, &error))?;
    // Nothing is left that could wait for a reply: the server is stopped at once.
    drop(server);
    Ok(exit_code(status))
}

/// Starts the command and waits for its end; signals go to the command.
#[cfg(unix)]
async fn wait(mut command: Command) -> io::Result<ExitStatus> {
    // Before the start, so that no signal is lost between both.
    let mut signals = signals::Signals::listen()?;
    let mut child = command.spawn()?;
    loop {
        // A signal is not sent to an id that the system has given away: the id is known until
        // `wait` returns.
        let id = child.id();
        tokio::select! {
            status = child.wait() => return status,
            signal = signals.recv() => signals::forward(signal, id),
        }
    }
}

/// Starts the command and waits for its end. Ctrl-C reaches the command without help: it has the
/// same console.
#[cfg(not(unix))]
async fn wait(mut command: Command) -> io::Result<ExitStatus> {
    let mut child = command.spawn()?;
    loop {
        tokio::select! {
            status = child.wait() => return status,
            pressed = tokio::signal::ctrl_c() => pressed?,
        }
    }
}

fn cannot_run(program: &OsStr, error: &io::Error) -> CliError {
    let status = if error.kind() == ErrorKind::NotFound { 127 } else { 126 };
    CliError::spawn(format!("cannot run {}: {error}", program.display()), status)
}

/// The status that a shell has for it.
fn exit_code(status: ExitStatus) -> ExitCode {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        return u8::try_from(128 + signal).unwrap_or(u8::MAX).into();
    }
    // Windows has larger ones.
    let code = status.code().unwrap_or(1);
    u8::try_from(code).unwrap_or(1).into()
}
