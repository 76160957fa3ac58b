#![doc = include_str!("../README.md")]

use std::process::ExitCode;

use clap::Command;

mod call;
mod demo;
mod error;
mod input;
mod operations;
mod output;
mod serve;
mod transport;

use error::CliError;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const AFTER_HELP: &str = "\
Begin with:
  talon demo                       a shop's story on the embedded fake
  talon serve --port 8080          the fake for an SDK of any language
  talon call updateCustomerProfileV2 --help

Results go to stdout, messages to stderr. Exit status: 0 success; 1 the service refused, or could \
not be reached; 2 wrong usage, file or configuration.";

fn main() -> ExitCode {
    let matches = command().get_matches();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return CliError::usage(format!("cannot start: {error}")).report(),
    };
    let result = runtime.block_on(async {
        match matches.subcommand() {
            Some(("demo", matches)) => demo::run(matches).await,
            Some(("serve", matches)) => serve::run(matches).await,
            Some(("call", matches)) => call::run(matches).await,
            Some(("operations", matches)) => operations::run(matches),
            _ => Err(CliError::usage("no command; see talon --help")),
        }
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => error.report(),
    }
}

fn command() -> Command {
    Command::new("talon")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Talon.One's Integration API: a demo, a local fake, and calls")
        .after_help(AFTER_HELP)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(demo::command())
        .subcommand(serve::command())
        .subcommand(call::command())
        .subcommand(operations::command())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_consistent() {
        super::command().debug_assert();
    }
}
