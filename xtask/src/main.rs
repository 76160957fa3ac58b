//! The workshop: what this workspace does to itself, each command a thin layer over cargo.

mod commands;
mod infra;

use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

use commands::check::{
    advisories, ci, clippy, deny, doc, features, format, lint, minimal_versions, msrv, spelling,
    tidy, unused,
};
use commands::fuzz;
use commands::measure::{bench, coverage, loc, mutants, semver};
use commands::run::{load, sdks, soak, test};
use infra::failure::{Done, Failure};
use infra::shell::Shell;

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

#[derive(Subcommand)]
enum Command {
    Ci(ci::Ci),
    Lint(lint::Lint),
    Fmt(format::Format),
    Tidy(tidy::Tidy),
    Spelling(spelling::Spelling),
    Unused(unused::Unused),
    Msrv(msrv::Msrv),
    Deny(deny::Deny),
    Advisories(advisories::Advisories),
    Clippy(clippy::Clippy),
    Doc(doc::Doc),
    Features(features::Features),
    MinimalVersions(minimal_versions::MinimalVersions),
    Sdks(sdks::Sdks),
    Test(test::Test),
    Fuzz(fuzz::Fuzz),
    Bench(bench::Bench),
    Coverage(coverage::Coverage),
    Mutants(mutants::Mutants),
    Semver(semver::Semver),
    Soak(soak::Soak),
    Load(load::Load),
    Loc(loc::Loc),
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
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

fn run(command: Command) -> Result<Done, Failure> {
    let shell = Shell::with_stdout(false);
    match command {
        Command::Ci(ci) => ci.run(),
        Command::Lint(lint) => lint.run(&shell),
        Command::Fmt(fmt) => fmt.run(&shell),
        Command::Tidy(tidy) => tidy.run(&shell),
        Command::Spelling(spelling) => spelling.run(&shell),
        Command::Unused(unused) => unused.run(&shell),
        Command::Msrv(msrv) => msrv.run(&shell),
        Command::Deny(deny) => deny.run(&shell),
        Command::Advisories(advisories) => advisories.run(&shell),
        Command::Clippy(clippy) => clippy.run(&shell),
        Command::Doc(doc) => doc.run(&shell),
        Command::Features(features) => features.run(&shell),
        Command::MinimalVersions(minimal) => minimal.run(&shell),
        Command::Sdks(sdks) => sdks.run(&shell),
        Command::Test(test) => test.run(&shell),
        Command::Fuzz(fuzz) => fuzz.run(),
        Command::Bench(bench) => bench.run(&shell),
        Command::Coverage(coverage) => coverage.run(),
        Command::Mutants(mutants) => mutants.run(),
        Command::Semver(semver) => semver.run(&shell),
        Command::Soak(soak) => soak.run(&shell),
        Command::Load(load) => load.run(&shell),
        Command::Loc(loc) => loc.run(&shell),
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
        let steps = <commands::check::step::Step as clap::ValueEnum>::value_variants()
            .iter()
            .map(|it| it.name());
        let others: Vec<String> = steps.filter(|name| !commands.contains(name)).collect();

        assert_eq!(others, ["fuzz-check", "bench-counts"]);
    }
}
