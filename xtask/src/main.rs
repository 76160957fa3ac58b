//! Development commands of this workspace. Each is a thin layer over cargo or another tool.

mod commands;
mod infra;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser};

use commands::Command;
use infra::failure::Status;

/// Checks, measures and fuzzes this workspace.
///
/// Before a commit: `cargo xtask ci`. It runs every step and lists those that failed. Each step is
/// also a command: `cargo xtask clippy` repeats one step. A command whose tool is missing prints how
/// to install it; `--install` installs it.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask ci                         everything, with a table at the end
  cargo xtask ci lint tidy               only these steps
  cargo xtask ci --skip test --json      the table for a program
  cargo xtask lint --fix                 format, and apply what clippy suggests
  cargo xtask coverage --html            lines and public functions that no test runs
  cargo xtask mutants 'retry/**'         changes in these files that no test detects
  cargo xtask semver --baseline-rev main
  cargo xtask fuzz dispatch --seconds 60
  cargo xtask bench --filter decode";

fn main() -> ExitCode {
    match Arguments::parse().command.run() {
        Ok(Status::Passed) => ExitCode::SUCCESS,
        // CI may skip a step; a single command that could not run is a failure.
        Ok(Status::Skipped(reason)) => {
            eprintln!("SKIPPED: {reason}");
            ExitCode::FAILURE
        }
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Names of all commands.
fn command_names() -> Vec<String> {
    let names = |command: clap::Command| -> Vec<String> {
        command.get_subcommands().map(|it| it.get_name().to_owned()).collect()
    };
    names(Arguments::command())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_definition_of_the_command_line_is_valid() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_command_has_a_help_text() {
        for command in Arguments::command().get_subcommands() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
        }
    }

    #[test]
    fn every_step_is_a_command_or_an_option_of_one() {
        let commands = command_names();
        let steps = commands::check::step::STEPS.iter().map(|step| step.name);
        let others: Vec<&str> =
            steps.filter(|name| !commands.iter().any(|it| it == name)).collect();

        assert_eq!(others, ["fuzz-check", "bench-counts"]);
    }
}
