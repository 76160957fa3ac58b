//! `cargo xtask mutants`

use std::fs;
use std::path::Path;

use crate::commands::Run;
use crate::infra::failure::{Done, Failure, Outcome};
use crate::infra::shell::Shell;
use crate::infra::tool::{self, Install};

mod tally;

use tally::Tally;

/// Changes the code in small ways, one at a time, and says which no test notices
///
/// Covers the codec in talon-json and talon-core and what talon-client does about failures, which
/// takes hours; name the files of interest. Each change is tried with the tests of its own crate
/// first; what survives them is tried with those of talon-client, talon-core, talon-json and
/// talon-properties too. .cargo/mutants.toml has the changes that no test can notice, with the
/// reasons.
#[derive(clap::Args)]
pub(crate) struct Mutants {
    /// Other files than those: `retry/decision.rs`, `retry/**`; of any crate
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    /// Part K of N of the changes, from 0: `1/4`
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

/// The codec, and what is done about a call that failed: where a small mistake costs money.
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

/// Whose tests see the survivors.
const JURY: [&str; 8] = [
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
    /// Which changes, as arguments of cargo-mutants.
    fn selection(&self) -> Vec<String> {
        let named = self.files.iter().map(String::as_str);
        let files: Vec<&str> = if self.files.is_empty() { FILES.into() } else { named.collect() };
        let files = files.into_iter().flat_map(|file| ["--file".to_owned(), format!("**/{file}")]);
        let shard = self.shard.iter().flat_map(|shard| ["--shard".to_owned(), shard.clone()]);
        files.chain(shard).collect()
    }
}

impl Run for Mutants {
    fn run(&self, shell: &Shell) -> Outcome {
        if let Some(skipped) = tool::MUTANTS.missing(shell, self.install)? {
            return Ok(skipped);
        }
        let selection = self.selection();
        let selection: Vec<&str> = selection.iter().map(String::as_str).collect();
        if self.list {
            shell.cargo(["mutants", "--list"].into_iter().chain(selection))?;
            return Ok(Done::Passed);
        }
        let tally = judge(shell, &selection)?;
        if self.json {
            println!("{}", tally.to_json());
        } else {
            print!("{tally}");
        }
        tally.conclude()
    }

    fn owns_stdout(&self) -> bool {
        self.json
    }
}

/// Tries every change, and the survivors twice.
fn judge(shell: &Shell, selection: &[&str]) -> Result<Tally, Failure> {
    let folder = shell.root().join(FOLDER);
    fs::create_dir_all(&folder)?;
    let own = try_all(shell, &folder, selection)?;
    if own.survivors.is_empty() {
        return Ok(own);
    }
    eprintln!("{} survive the tests of their own crate", own.survivors.len());
    let jury = JURY.into_iter().chain(["--iterate"]).chain(selection.iter().copied());
    let all = try_all(shell, &folder, &jury.collect::<Vec<_>>())?;
    Ok(own.after_appeal(all))
}

fn try_all(shell: &Shell, folder: &Path, arguments: &[&str]) -> Result<Tally, Failure> {
    let mutants = ["mutants", "--output", FOLDER, "--colors", "never"];
    let mut command = shell.command("cargo", mutants.into_iter().chain(arguments.iter().copied()));
    // Nobody debugs them.
    command.env("CARGO_PROFILE_DEV_DEBUG", "0");
    match shell.status(command)?.code() {
        // 2: some survive; 3: some hang.
        Some(0 | 2 | 3) => {}
        _ => return Err(Failure::new("cargo mutants cannot tell: the tests fail without changes")),
    }
    let outcomes = fs::read(folder.join("mutants.out/outcomes.json"))?;
    Ok(Tally::read(&serde_json::from_slice(&outcomes)?))
}
