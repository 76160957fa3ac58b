//! The workshop: what this workspace does to itself, each command a thin layer over cargo.

mod commands;
mod infra;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser};

use commands::Command;
use infra::failure::Done;

/// Checks, measures and fuzzes this workspace.
///
/// Before a commit: `cargo xtask ci`. It runs every step, says which failed, and each step is a
/// command of its own: `cargo xtask clippy` repeats just that one. What a command lacks it names,
/// with the command that installs it; `--install` does so at once.
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
  cargo xtask mutants 'retry/**'         changes in these files that no test notices
  cargo xtask semver --baseline-rev main
  cargo xtask fuzz dispatch --seconds 60
  cargo xtask bench --filter decode";

fn main() -> ExitCode {
    match Arguments::parse().command.run() {
        Ok(Done::Passed) => ExitCode::SUCCESS,
        // Of many steps one may be skipped; who asks for one thing and gets none must notice.
        Ok(Done::Skipped(reason)) => {
            eprintln!("SKIPPED: {reason}");
            ExitCode::FAILURE
        }
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Every command, as the command line names it.
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
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_command_explains_itself() {
        for command in Arguments::command().get_subcommands() {
            assert!(command.get_about().is_some(), "{}", command.get_name());
        }
    }

    #[test]
    fn every_step_is_a_command_but_those_that_a_command_has_an_option_for() {
        let commands = command_names();
        let steps = commands::check::step::STEPS.iter().map(|step| step.name);
        let others: Vec<&str> =
            steps.filter(|name| !commands.iter().any(|it| it == name)).collect();

        assert_eq!(others, ["fuzz-check", "bench-counts"]);
    }
}
