//! `cargo xtask fuzz`

use std::fs;

use serde_json::json;

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Failure, Status};
use crate::infra::lock;
use crate::infra::shell::Shell;
use crate::infra::table::table;
use crate::infra::tool::{self, Install};

mod report;
mod run;

use report::Report;

const MANIFEST: &str = "fuzz/Cargo.toml";

/// Searches inputs that violate a property; needs cargo-fuzz and nightly Rust
///
/// Starts with fuzz/corpus/TARGET, fuzz/regressions/TARGET, and seeds that are derived from the
/// samples of all operations, in fuzz/target/seeds/TARGET. Stores new inputs in
/// fuzz/target/found/TARGET, and inputs that crash in fuzz/artifacts/TARGET. Copy an input that
/// crashed to fuzz/regressions/TARGET and name it after the defect: `cargo test` replays it on
/// stable Rust.
///
/// The table at the end shows for each target: inputs that were executed, edges of the code that
/// they reached, how many of those are new, inputs that were kept, and inputs that crash.
#[derive(clap::Args)]
pub(crate) struct Fuzz {
    /// A file of fuzz/fuzz_targets, or `all`
    #[arg(default_value = "all")]
    target: String,
    /// Duration for each target
    #[arg(long, default_value_t = 60)]
    seconds: u32,
    /// Print the result as JSON; all other output goes to standard error
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    install: Install,
}

impl Fuzz {
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

impl Run for Fuzz {
    fn run(&self, shell: &Shell) -> CommandResult {
        let targets = self.selected(shell)?;
        if let Some(skipped) = tool::nightly_missing(shell, self.install)? {
            return Ok(skipped);
        }
        if let Some(skipped) = tool::FUZZ.missing(shell, self.install)? {
            return Ok(skipped);
        }
        // cargo-fuzz has no `--locked`, and would update the file silently.
        lock::check(shell, MANIFEST)?;
        run::write_seeds(shell)?;
        let mut reports = Vec::new();
        for (index, target) in targets.iter().enumerate() {
            eprint!("[{}/{}] ", index + 1, targets.len());
            reports.push(run::run(shell, target, self.seconds)?);
        }
        if self.json {
            let targets: Vec<_> = reports.iter().map(Report::to_json).collect();
            println!("{}", json!({ "targets": targets, "passed": conclude(&reports).is_ok() }));
        } else {
            print!("{}", table(&rows(&reports)));
        }
        conclude(&reports)
    }

    fn owns_stdout(&self) -> bool {
        self.json
    }
}

/// Whether every target compiles, on stable Rust and without libFuzzer.
pub(crate) fn check(shell: &Shell) -> Result<Status, Failure> {
    lock::check(shell, MANIFEST)?;
    let clippy = ["clippy", "--locked", "--manifest-path", MANIFEST];
    let options = ["--no-default-features", "--", "-D", "warnings"];
    shell.cargo(clippy.into_iter().chain(options))?;
    Ok(Status::Passed)
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
    let all = (reports.len() > 1).then(|| report::sum(reports));
    [head].into_iter().chain(reports.iter().map(Report::row)).chain(all).collect()
}

fn conclude(reports: &[Report]) -> Result<Status, Failure> {
    let crashed = reports.iter().filter(|report| report.crashes > 0);
    let names: Vec<_> = crashed.map(|report| report.target.as_str()).collect();
    if names.is_empty() {
        return Ok(Status::Passed);
    }
    let names = names.join(" ");
    Err(Failure::new(format!("inputs that crash {names} are in fuzz/artifacts")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_targets_are_summed_up_and_those_that_crash_are_named() {
        let log = "#2 INITED cov: 10 corp: 1/2b\n#9 DONE cov: 12 corp: 3/9b\n";
        let reports = [Report::new("path", log, 0, 2.0), Report::new("uri", log, 1, 2.5)];

        let rows = rows(&reports);
        assert_eq!(rows[1], ["path", "9", "-", "12", "2", "3", "0", "    2.0"]);
        assert_eq!(rows[3], ["all", "18", "", "", "4", "6", "1", "    4.5"]);
        let failure = conclude(&reports).unwrap_err().to_string();
        assert_eq!(failure, "inputs that crash uri are in fuzz/artifacts");
        assert_eq!(conclude(&reports[..1]).unwrap(), Status::Passed);
    }

    #[test]
    fn one_target_needs_no_sum() {
        assert_eq!(rows(&[Report::new("path", "", 0, 1.0)]).len(), 2);
    }
}
