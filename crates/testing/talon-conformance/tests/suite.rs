//! Runs the suite for every implementation of this workspace.

use std::process::ExitCode;

use talon_conformance::{implementations, run_suite};

fn main() -> ExitCode {
    run_suite(implementations::all())
}
