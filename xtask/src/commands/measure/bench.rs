//! `cargo xtask bench`

use std::fs;
use std::path::PathBuf;

use crate::commands::Run;
use crate::infra::failure::{Done, Failure, Outcome};
use crate::infra::shell::Shell;

mod baseline;
mod compare;
mod counts;
mod report;
mod results;
mod site;
mod summary;
mod targets;
mod timing;
mod valgrind;

use baseline::Baseline;
use compare::Compared;
use results::Results;
use site::Site;
use summary::Summary;
use timing::Runs;

/// Where everything that is measured is kept.
const FOLDER: &str = "target/bench";

/// What the codec, calling and the fake cost: one table, and target/bench/report.html
///
/// Times each row three times with criterion, and counts its instructions under valgrind and its
/// allocations. Times are comparable within a run alone, which is why the table has ratios to
/// `serde_json::Value`, measured beside ours; instructions repeat from run to run.
/// Rows are named `decode/medium/talon`: what is done, to which, by whom.
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
    /// Instructions and allocations only; needs valgrind
    #[arg(long)]
    counts: bool,
    /// Time only
    #[arg(long, conflicts_with = "counts")]
    time: bool,
    /// Also the rows with a million coupons and profiles
    #[arg(long, conflicts_with_all = ["quick", "counts"])]
    full: bool,
    /// Record the counts as the baseline that CI compares with
    #[arg(long, requires = "counts", conflicts_with_all = ["filter", "payload"])]
    record: bool,
    /// Compare the counts with benches/baseline.json, as CI does
    #[arg(long, requires = "counts", conflicts_with_all = ["filter", "payload", "record"])]
    check: bool,
    /// Build REV beside this and show what has changed since
    #[arg(long, value_name = "REV", conflicts_with_all = ["payload", "full"])]
    compare: Option<String>,
    /// A file of JSON of your own to measure, instead of everything else
    #[arg(long, value_name = "FILE", requires = "kind")]
    payload: Option<PathBuf>,
    /// What the file is: a model, or an operation of which it is a reply
    #[arg(long = "as", value_name = "TYPE", requires = "payload")]
    kind: Option<String>,
    /// Session updates a second of the fake in process, with 1000 and with 1 000 000 coupons and
    /// profiles, and nothing else; takes some gigabytes
    #[arg(long, exclusive = true)]
    flatness: bool,
    /// Install valgrind when it is missing, as root on Debian
    #[arg(long)]
    install: bool,
}

const EXAMPLES: &str = "\
Examples:
  cargo xtask bench                               everything; about ten minutes
  cargo xtask bench --quick --filter medium       a first impression
  cargo xtask bench --counts                      instructions and allocations, which repeat
  cargo xtask bench --counts --compare main       what has changed since
  cargo xtask bench --counts --record             accept the counts as the new baseline
  cargo xtask bench --payload reply.json --as IntegrationStateV2
  cargo xtask bench --flatness";

impl Bench {
    /// What CI runs: the counts against the recorded baseline.
    pub(crate) fn checking(install: bool) -> Self {
        Self { counts: true, check: true, install, ..Self::default() }
    }

    /// Records the counts, or compares them with the record.
    fn hold_to_account(&self, shell: &Shell, results: &Results) -> Result<Done, Failure> {
        let now = Baseline::of(valgrind::toolchain(shell)?, results);
        if self.record {
            now.write(shell)?;
        } else {
            eprint!("{}", Baseline::read(shell)?.judge(&now)?);
        }
        Ok(Done::Passed)
    }

    /// The table, and the report.
    fn present(&self, shell: &Shell, results: Results) -> Result<(), Failure> {
        let runs = (!self.counts).then(|| self.runs());
        let compared = self.compare.as_deref();
        let compared =
            compared.map(|it| Compared::measure(shell, it, self.filter.as_deref(), runs));
        let summary = Summary { results, compared: compared.transpose()? };
        print!("{}", summary.table());
        let report = shell.root().join(FOLDER).join("report.html");
        fs::create_dir_all(shell.root().join(FOLDER))?;
        fs::write(&report, report::html(&summary))?;
        eprintln!("\n{FOLDER}/report.html shows it with bars");
        Ok(())
    }

    fn runs(&self) -> Runs {
        Runs { count: if self.quick { 1 } else { 3 }, short: self.quick, full: self.full }
    }

    /// Tells what is measured of the user's payload.
    fn environment(&self) -> Result<Vec<(&'static str, String)>, Failure> {
        let (Some(payload), Some(kind)) = (&self.payload, &self.kind) else {
            return Ok(Vec::new());
        };
        // Whoever reads it may run in another folder.
        let path = payload.canonicalize();
        let path = path.map_err(|error| Failure::new(format!("{}: {error}", payload.display())))?;
        let path = path.to_string_lossy().into_owned();
        Ok(vec![("TALON_BENCH_PAYLOAD", path), ("TALON_BENCH_AS", kind.clone())])
    }
}

impl Run for Bench {
    fn run(&self, shell: &Shell) -> Outcome {
        if self.flatness {
            let run = ["run", "--release", "--package", "talon-benches", "--bin", "bench-flatness"];
            shell.cargo(run)?;
            return Ok(Done::Passed);
        }
        if let Some(revision) = &self.compare {
            // Said before anything is measured, which takes minutes.
            compare::resolve(shell, revision)?;
        }
        let site = Site::here(self.environment()?);
        let missing = if self.time { None } else { valgrind::find(shell, self.install).err() };
        if let (true, Some(reason)) = (self.counts, &missing) {
            return Ok(Done::Skipped(reason.clone()));
        }
        let mut results = Results::default();
        if !self.time && missing.is_none() {
            results.merge(counts::measure(&site, self.filter.as_deref())?);
        }
        if self.record || self.check {
            return self.hold_to_account(shell, &results);
        }
        if !self.counts {
            results.merge(timing::measure(&site, self.filter.as_deref(), self.runs())?);
        }
        if results.is_empty() {
            let filter = self.filter.as_deref().unwrap_or_default();
            return Err(Failure::new(format!("no row's name contains {filter:?}")));
        }
        self.present(shell, results)?;
        Ok(missing.map_or(Done::Passed, Done::Skipped))
    }
}
