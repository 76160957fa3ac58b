//! `cargo xtask bench`

use std::fs;
use std::path::PathBuf;

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Failure, Status};
use crate::infra::shell::Shell;

mod baseline;
mod checkout;
mod compare;
mod counts;
mod report;
mod results;
mod summary;
mod targets;
mod timing;
mod valgrind;

use baseline::Baseline;
use checkout::Checkout;
use compare::Comparison;
use results::Results;
use summary::Summary;
use timing::Runs;

/// Folder of all results.
const FOLDER: &str = "target/bench";

/// Benchmarks of codec, client and fake: a table, and target/bench/report.html
///
/// Measures the time of each row three times with criterion, and counts its instructions under
/// valgrind and its allocations. Times are comparable only within a run: the table shows ratios to
/// `serde_json::Value`, measured in the same run. Instructions are reproducible.
/// Rows are named `decode/medium/talon`: the work, the payload, the implementation.
#[derive(clap::Args, Default)]
#[command(after_help = EXAMPLES)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
pub(crate) struct Bench {
    /// Only rows whose name contains this
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// One short run of criterion instead of three
    #[arg(long)]
    quick: bool,
    /// Only instructions and allocations; needs valgrind
    #[arg(long)]
    counts: bool,
    /// Only times
    #[arg(long, conflicts_with = "counts")]
    time: bool,
    /// Include the rows with a million coupons and profiles
    #[arg(long, conflicts_with_all = ["quick", "counts"])]
    full: bool,
    /// Record the counts as the baseline that CI compares with
    #[arg(long, requires = "counts", conflicts_with_all = ["filter", "payload"])]
    record: bool,
    /// Compare the counts with benches/baseline.json, as CI does
    #[arg(long, requires = "counts", conflicts_with_all = ["filter", "payload", "record"])]
    check: bool,
    /// Build REV as well and show the changes since then
    #[arg(long, value_name = "REV", conflicts_with_all = ["payload", "full"])]
    compare: Option<String>,
    /// Measure only this JSON file
    #[arg(long, value_name = "FILE", requires = "kind")]
    payload: Option<PathBuf>,
    /// Type of the file: an operation whose reply it is, or the model of the reply
    #[arg(long = "as", value_name = "TYPE", requires = "payload")]
    kind: Option<String>,
    /// Measure only the session updates per second of the fake in process, with 1000 and with
    /// 1 000 000 coupons and profiles; takes some gigabytes of memory
    #[arg(long, exclusive = true)]
    flatness: bool,
    /// Install valgrind if it is missing; needs root on Debian
    #[arg(long)]
    install: bool,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask bench                               everything; about ten minutes
  cargo xtask bench --quick --filter medium       a quick estimate
  cargo xtask bench --counts                      instructions and allocations; reproducible
  cargo xtask bench --counts --compare main       what has changed since
  cargo xtask bench --counts --record             accept the counts as the new baseline
  cargo xtask bench --payload reply.json --as IntegrationStateV2
  cargo xtask bench --flatness";

impl Bench {
    /// What CI runs: the counts against the recorded baseline.
    pub(crate) fn checking(install: bool) -> Self {
        Self { counts: true, check: true, install, ..Self::default() }
    }

    /// Records the counts, or compares them with the recorded ones.
    fn record_or_check(&self, shell: &Shell, results: &Results) -> Result<Status, Failure> {
        let now = Baseline::new(valgrind::toolchain(shell)?, results);
        if self.record {
            now.write(shell)?;
        } else {
            eprint!("{}", Baseline::read(shell)?.compare(&now)?);
        }
        Ok(Status::Passed)
    }

    /// Prints the table, and writes the report.
    fn print_report(&self, shell: &Shell, results: Results) -> Result<(), Failure> {
        let runs = (!self.counts).then(|| self.runs());
        let compared = self.compare.as_deref();
        let compared =
            compared.map(|it| Comparison::measure(shell, it, self.filter.as_deref(), runs));
        let summary = Summary { results, compared: compared.transpose()? };
        print!("{}", summary.table());
        let report = shell.root().join(FOLDER).join("report.html");
        fs::create_dir_all(shell.root().join(FOLDER))?;
        fs::write(&report, report::html(&summary))?;
        eprintln!("\n{FOLDER}/report.html shows it as a chart");
        Ok(())
    }

    fn runs(&self) -> Runs {
        Runs { count: if self.quick { 1 } else { 3 }, short: self.quick, full: self.full }
    }

    /// Variables that name the payload of the user.
    fn environment(&self) -> Result<Vec<(&'static str, String)>, Failure> {
        let (Some(payload), Some(kind)) = (&self.payload, &self.kind) else {
            return Ok(Vec::new());
        };
        // The benchmarks may run in another folder.
        let path = payload.canonicalize();
        let path = path.map_err(|error| Failure::new(format!("{}: {error}", payload.display())))?;
        let path = path.to_string_lossy().into_owned();
        Ok(vec![("TALON_BENCH_PAYLOAD", path), ("TALON_BENCH_AS", kind.clone())])
    }
}

impl Run for Bench {
    fn run(&self, shell: &Shell) -> CommandResult {
        if self.flatness {
            let run = ["run", "--release", "--package", "talon-benches", "--bin", "bench-flatness"];
            shell.cargo(run)?;
            return Ok(Status::Passed);
        }
        if let Some(revision) = &self.compare {
            // An unknown revision is reported before the measurements, which take minutes.
            compare::resolve(shell, revision)?;
        }
        let checkout = Checkout::here(self.environment()?);
        let missing = if self.time { None } else { valgrind::find(shell, self.install).err() };
        if let (true, Some(reason)) = (self.counts, &missing) {
            return Ok(Status::Skipped(reason.clone()));
        }
        let mut results = Results::default();
        if !self.time && missing.is_none() {
            results.merge(counts::measure(&checkout, self.filter.as_deref())?);
        }
        if self.record || self.check {
            return self.record_or_check(shell, &results);
        }
        if !self.counts {
            results.merge(timing::measure(&checkout, self.filter.as_deref(), self.runs())?);
        }
        if results.is_empty() {
            let filter = self.filter.as_deref().unwrap_or_default();
            return Err(Failure::new(format!("no row's name contains {filter:?}")));
        }
        self.print_report(shell, results)?;
        Ok(missing.map_or(Status::Passed, Status::Skipped))
    }
}
