#![doc = include_str!("../README.md")]

use std::process::ExitCode;

use clap::Command;

mod api;
mod call;
mod check;
mod completions;
mod connection;
mod demo;
mod error;
mod exec;
mod health;
mod input;
mod man;
mod operations;
mod output;
mod pretty;
mod serve;
mod transport;
mod world;
mod world_file;

use error::CliError;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const AFTER_HELP: &str = "\
Examples:
  talon demo                     # make example calls to the fake
  talon serve --port 8080        # serve the fake for SDKs of any language
  talon exec -- env              # run a command, such as tests, with a fake
  talon call updateCustomerProfileV2 --help

Results are printed to stdout, messages to stderr. Exit status: 0 for success, 1 if the service \
refused the call or could not be reached, 2 for invalid usage, files or configuration.";

fn main() -> ExitCode {
    let matches = command().get_matches();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return CliError::usage(format!("cannot start: {error}")).report(),
    };
    let result = runtime.block_on(async {
        let done = match matches.subcommand() {
            Some(("exec", matches)) => return exec::run(matches).await,
            Some(("demo", matches)) => demo::run(matches).await,
            Some(("serve", matches)) => serve::run(matches).await,
            Some(("health", matches)) => health::run(matches).await,
            Some(("call", matches)) => call::run(matches).await,
            Some(("api", matches)) => api::run(matches).await,
            Some(("operations", matches)) => operations::run(matches),
            Some(("check", matches)) => check::run(matches),
            Some(("world", matches)) => world::run(matches),
            Some(("completions", matches)) => completions::run(matches),
            Some(("man", matches)) => man::run(matches),
            _ => Err(CliError::usage("no command given; see talon --help")),
        };
        done.map(|()| ExitCode::SUCCESS)
    });
    result.unwrap_or_else(CliError::report)
}

fn command() -> Command {
    Command::new("talon")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Talon.One's Integration API: a demo, a fake of the service, calls and checks")
        .after_help(AFTER_HELP)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(demo::command())
        .subcommand(serve::command())
        .subcommand(exec::command())
        .subcommand(health::command())
        .subcommand(call::command())
        .subcommand(api::command())
        .subcommand(operations::command())
        .subcommand(check::command())
        .subcommand(world::command())
        .subcommand(completions::command())
        .subcommand(man::command())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_consistent() {
        super::command().debug_assert();
    }
}
