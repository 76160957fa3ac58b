//! `cargo xtask mutants`

use std::fs;
use std::path::Path;

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Failure, Status};
use crate::infra::shell::Shell;
use crate::infra::tool::{self, Install};

mod report;

use report::Report;

/// Mutation tests: small changes of the code that no test detects
///
/// Covers the codec and the retries, which takes hours; name files to try fewer. Each change is
/// tested with the tests of its crate first. Survivors are tested again with those of talon-client,
/// talon-core, talon-json and talon-properties. .cargo/mutants.toml lists changes that no test can
/// detect, with reasons.
#[derive(clap::Args)]
pub(crate) struct Mutants {
    /// Files of any crate to use instead: `retry/decision.rs`, `retry/**`
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    /// Test part K of N of the changes, from 0: `1/4`
    #[arg(long, value_name = "K/N")]
    shard: Option<String>,
    /// Only list the changes
    #[arg(long)]
    list: bool,
    /// Print the result as JSON; all other output goes to standard error
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    install: Install,
}

const FOLDER: &str = "target/mutants";

/// The codec, and the handling of failed calls: a small mistake there costs money.
const FILES: [&str; 15] = [
    "talon-client/src/client/retry_loop.rs",
    "talon-client/src/attempt_error.rs",
    "talon-client/src/retry.rs",
    "talon-client/src/retry/**",
    "talon-core/src/value/amount{.rs,/**}",
    "talon-core/src/value/attributes.rs",
    "talon-core/src/effect/**",
    "talon-core/src/json.rs",
    "talon-core/src/wire/lenient.rs",
    "talon-core/src/wire/open_enum.rs",
    "talon-core/src/operation/**",
    "talon-core/src/wire/raw_json.rs",
    "talon-core/src/value/timestamp{.rs,/**}",
    "talon-core/src/wire/known_or_raw.rs",
    "talon-json/src/**",
];

/// Packages whose tests are run for survivors.
const TEST_PACKAGES: [&str; 8] = [
    "--test-package",
    "talon-core",
    "--test-package",
    "talon-json",
    "--test-package",
    "talon-client",
    "--test-package",
    "talon-properties",
];

impl Mutants {
    /// Arguments of cargo-mutants that select the changes.
    fn selection(&self) -> Vec<String> {
        let named = self.files.iter().map(String::as_str);
        let files: Vec<&str> = if self.files.is_empty() { FILES.into() } else { named.collect() };
        let files = files.into_iter().flat_map(|file| ["--file".to_owned(), format!("**/{file}")]);
        let shard = self.shard.iter().flat_map(|shard| ["--shard".to_owned(), shard.clone()]);
        files.chain(shard).collect()
    }
}

impl Run for Mutants {
    fn run(&self, shell: &Shell) -> CommandResult {
        if let Some(skipped) = tool::MUTANTS.missing(shell, self.install)? {
            return Ok(skipped);
        }
        let selection = self.selection();
        let selection: Vec<&str> = selection.iter().map(String::as_str).collect();
        if self.list {
            shell.cargo(["mutants", "--list"].into_iter().chain(selection))?;
            return Ok(Status::Passed);
        }
        let report = test_changes(shell, &selection)?;
        if self.json {
            println!("{}", report.to_json());
        } else {
            print!("{report}");
        }
        report.conclude()
    }

    fn owns_stdout(&self) -> bool {
        self.json
    }
}

/// Tests every change, and the survivors a second time.
fn test_changes(shell: &Shell, selection: &[&str]) -> Result<Report, Failure> {
    let folder = shell.root().join(FOLDER);
    fs::create_dir_all(&folder)?;
    let first = try_all(shell, &folder, selection)?;
    if first.survivors.is_empty() {
        return Ok(first);
    }
    eprintln!("{} survive the tests of their own crate", first.survivors.len());
    let packages = TEST_PACKAGES.into_iter().chain(["--iterate"]).chain(selection.iter().copied());
    let all = try_all(shell, &folder, &packages.collect::<Vec<_>>())?;
    Ok(first.with_second_run(all))
}

fn try_all(shell: &Shell, folder: &Path, arguments: &[&str]) -> Result<Report, Failure> {
    let mutants = ["mutants", "--output", FOLDER, "--colors", "never"];
    let mut command = shell.command("cargo", mutants.into_iter().chain(arguments.iter().copied()));
    // Debug information is not needed.
    command.env("CARGO_PROFILE_DEV_DEBUG", "0");
    match shell.status(command)?.code() {
        // 2: some survive; 3: some hang.
        Some(0 | 2 | 3) => {}
        _ => return Err(Failure::new("cargo mutants failed: do the tests pass without changes?")),
    }
    let outcomes = fs::read(folder.join("mutants.out/outcomes.json"))?;
    Ok(Report::read(&serde_json::from_slice(&outcomes)?))
}
