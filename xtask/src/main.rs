//! The workshop: what this workspace does to itself, each command a thin layer over cargo.

mod bench;
mod ci;
mod deny;
mod doc;
mod failure;
mod features;
mod format;
mod fuzz;
mod lint;
mod load;
mod loc;
mod metadata;
mod msrv;
mod sdks;
mod shell;
mod soak;
mod table;
mod test;
mod tidy;
mod tree;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::{Done, Failure};
use shell::Shell;

/// Checks, measures and fuzzes this workspace.
///
/// Before a commit: `cargo xtask ci`. It runs every step, says which failed, and each step is a
/// command of its own, so `cargo xtask lint` repeats just that one.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask ci                        everything, with a table at the end
  cargo xtask ci lint tidy              only these steps
  cargo xtask fuzz dispatch --seconds 60
  cargo xtask bench --filter decode";

#[derive(Subcommand)]
enum Command {
    Ci(ci::Ci),
    Fmt(format::Format),
    Lint(lint::Lint),
    Tidy(tidy::Tidy),
    Test(test::Test),
    Doc(doc::Doc),
    Features(features::Features),
    Msrv(msrv::Msrv),
    Deny(deny::Deny),
    Fuzz(fuzz::Fuzz),
    Bench(bench::Bench),
    Loc(loc::Loc),
    Sdks(sdks::Sdks),
    Soak(soak::Soak),
    Load(load::Load),
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(Done::Passed) => ExitCode::SUCCESS,
        Ok(Done::Skipped(reason)) => {
            eprintln!("SKIPPED: {reason}");
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<Done, Failure> {
    let shell = Shell::new();
    match command {
        Command::Ci(ci) => ci.run(),
        Command::Fmt(fmt) => fmt.run(&shell),
        Command::Lint(lint) => lint.run(&shell),
        Command::Tidy(tidy) => tidy.run(&shell),
        Command::Test(test) => test.run(&shell),
        Command::Doc(doc) => doc.run(&shell),
        Command::Features(features) => features.run(&shell),
        Command::Msrv(msrv) => msrv.run(&shell),
        Command::Deny(deny) => deny.run(&shell),
        Command::Fuzz(fuzz) => fuzz.run(&shell),
        Command::Bench(bench) => bench.run(&shell),
        Command::Loc(loc) => loc.run(&shell),
        Command::Soak(soak) => soak.run(&shell),
        Command::Load(load) => load.run(&shell),
        Command::Sdks(sdks::Sdks {}) => sdks::Sdks::run(&shell),
    }
}
