//! `cargo xtask fuzz`

use std::fs;

use crate::failure::{Done, Failure};
use crate::shell::Shell;
use crate::table::table;

mod report;
mod run;

use report::Report;

/// Looks for inputs that break a property; needs cargo-fuzz and nightly Rust
///
/// Starts from fuzz/corpus/TARGET and fuzz/regressions/TARGET, keeps what it finds in
/// fuzz/target/found/TARGET, and puts inputs that crash into fuzz/artifacts/TARGET. Copy an input
/// that crashed into fuzz/regressions/TARGET, under a name that says what it shows: `cargo test`
/// replays it on stable Rust.
#[derive(clap::Args)]
pub(crate) struct Fuzz {
    /// A file of fuzz/fuzz_targets, or `all`
    #[arg(default_value = "all")]
    target: String,
    /// How long to look, for each target
    #[arg(long, default_value_t = 60)]
    seconds: u32,
}

impl Fuzz {
    pub(crate) fn run(&self, shell: &Shell) -> Result<Done, Failure> {
        let targets = self.selected(shell)?;
        require(shell, ["+nightly", "--version"], "rustup toolchain install nightly")?;
        require(shell, ["fuzz", "--version"], "cargo install cargo-fuzz --locked")?;
        check_lock(shell)?;
        let reports = targets
            .iter()
            .map(|target| run::run(shell, target, self.seconds))
            .collect::<Result<Vec<_>, Failure>>()?;
        print!("{}", table(&rows(&reports)));
        let crashed = reports.iter().filter(|report| report.crashes > 0);
        let names: Vec<_> = crashed.map(|report| report.target.as_str()).collect();
        if names.is_empty() {
            Ok(Done::Passed)
        } else {
            let names = names.join(" ");
            Err(Failure::new(format!("inputs that crash {names} are in fuzz/artifacts")))
        }
    }

    fn selected(&self, shell: &Shell) -> Result<Vec<String>, Failure> {
        let targets = targets(shell)?;
        if self.target == "all" {
            return Ok(targets);
        }
        if targets.contains(&self.target) {
            return Ok(vec![self.target.clone()]);
        }
        let names = targets.join(", ");
        Err(Failure::new(format!("no target {}; there are: all, {names}", self.target)))
    }
}

/// Whether every target compiles, on stable Rust and without libFuzzer.
pub(crate) fn check(shell: &Shell) -> Result<Done, Failure> {
    check_lock(shell)?;
    let clippy = ["clippy", "--locked", "--manifest-path", "fuzz/Cargo.toml"];
    let options = ["--no-default-features", "--", "-D", "warnings"];
    shell.cargo(clippy.into_iter().chain(options))?;
    Ok(Done::Passed)
}

/// cargo-fuzz has no `--locked`, and would bring the file up to date without a word.
fn check_lock(shell: &Shell) -> Result<(), Failure> {
    let metadata = ["metadata", "--locked", "--format-version", "1"];
    let of_fuzz = ["--manifest-path", "fuzz/Cargo.toml"];
    let locked = shell.output("cargo", metadata.into_iter().chain(of_fuzz));
    locked.map(drop).map_err(|failure| {
        let update = "cargo update --workspace --manifest-path fuzz/Cargo.toml";
        Failure::new(format!("fuzz/Cargo.lock may be out of date; run: {update}\n{failure}"))
    })
}

fn require(shell: &Shell, probe: [&str; 2], install: &str) -> Result<(), Failure> {
    let missing = |_| Failure::new(format!("fuzzing needs more tools; run: {install}"));
    shell.output("cargo", probe).map(drop).map_err(missing)
}

fn targets(shell: &Shell) -> Result<Vec<String>, Failure> {
    let mut targets = Vec::new();
    for entry in fs::read_dir(shell.root().join("fuzz/fuzz_targets"))? {
        let path = entry?.path();
        targets.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
    }
    targets.sort();
    Ok(targets)
}

fn rows(reports: &[Report]) -> Vec<[String; report::HEAD.len()]> {
    let head = report::HEAD.map(str::to_owned);
    [head].into_iter().chain(reports.iter().map(Report::row)).collect()
}
