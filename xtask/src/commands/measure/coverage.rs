//! `cargo xtask coverage`

use std::fs;

use serde_json::json;

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Failure, Status};
use crate::infra::shell::Shell;
use crate::infra::table::table;
use crate::infra::tool::{self, Install};
use crate::infra::tree::Tree;

mod lcov;
mod summary;

use lcov::Lcov;
use summary::Summary;

/// Test coverage of talon-client, talon-core, talon-fake and talon-json: lines, and public functions
/// without a test
///
/// Counts the tests of all library crates, without doc tests. Takes minutes, because everything is
/// built again. The report is written to target/coverage.
#[derive(clap::Args)]
pub(crate) struct Coverage {
    /// Also write target/coverage/tarpaulin-report.html, which shows every line
    #[arg(long)]
    html: bool,
    /// Print the result as JSON; all other output goes to standard error
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    install: Install,
}

const FOLDER: &str = "target/coverage";

const MEASURED: [&str; 4] = ["talon-client", "talon-core", "talon-fake", "talon-json"];

/// Crates whose tests are run in addition to those of the measured crates.
const TESTING: [&str; 7] = [
    "talon-cli",
    "talon-conformance",
    "talon-hyper",
    "talon-properties",
    "talon-reqwest",
    "talon-server",
    "talon-tower",
];

impl Coverage {
    fn measure(&self, shell: &Shell) -> Result<(), Failure> {
        // Counts of the compiler; ptrace stops at every line, which is slow and not portable.
        let tarpaulin = ["tarpaulin", "--engine", "llvm", "--skip-clean", "--timeout", "600"];
        let tests = ["--all-features", "--lib", "--tests", "--out", "lcov"];
        let build = format!("{FOLDER}/build");
        let places = ["--output-dir", FOLDER, "--target-dir", &build];
        let html: &[&str] = if self.html { &["--out", "html"] } else { &[] };
        let globs = MEASURED.map(|name| format!("crates/{name}/src/*"));
        let packages = MEASURED.iter().chain(&TESTING).flat_map(|name| ["--packages", name]);
        let sources = globs.iter().flat_map(|glob| ["--include-files", glob]);
        let arguments = tarpaulin.into_iter().chain(tests).chain(places);
        shell.cargo(arguments.chain(html.iter().copied()).chain(packages).chain(sources))
    }
}

impl Run for Coverage {
    fn run(&self, shell: &Shell) -> CommandResult {
        if let Some(skipped) = tool::TARPAULIN.missing(shell, self.install)? {
            return Ok(skipped);
        }
        self.measure(shell)?;
        let report = fs::read_to_string(shell.root().join(FOLDER).join("lcov.info"))?;
        let root = fs::canonicalize(shell.root())?;
        let lcov = Lcov::read(&report, &root.to_string_lossy());
        let tree = Tree::read(shell)?;
        let summaries = MEASURED.map(|name| Summary::new(name, &lcov, &tree));
        if let Some(empty) = summaries.iter().find(|it| it.lines == 0) {
            return Err(Failure::new(format!("the report has no line of {}", empty.name)));
        }
        if self.json {
            print_json(&summaries);
        } else {
            print(&summaries);
        }
        Ok(Status::Passed)
    }

    fn owns_stdout(&self) -> bool {
        self.json
    }
}

fn print(summaries: &[Summary]) {
    let head = ["crate", "lines", "covered", "", "public functions", "untested"];
    let rows = summaries.iter().map(Summary::row);
    print!("{}", table(&[head.map(str::to_owned)].into_iter().chain(rows).collect::<Vec<_>>()));
    for function in summaries.iter().flat_map(|it| &it.untested) {
        println!("untested: {function}");
    }
}

fn print_json(summaries: &[Summary]) {
    let crates = summaries.iter().map(|it| {
        json!({
            "crate": it.name,
            "lines": it.lines,
            "covered": it.covered,
            "public_functions": it.functions,
            "untested": it.untested,
        })
    });
    println!("{}", json!({ "crates": crates.collect::<Vec<_>>() }));
}
