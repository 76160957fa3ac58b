//! `cargo xtask ci`

use std::time::Instant;

use clap::ValueEnum;
use serde_json::json;

use crate::failure::{Done, Failure};
use crate::shell::Shell;
use crate::table::table;
use crate::{deny, doc, features, fuzz, lint, msrv, sdks, test, tidy};

/// All that CI runs: every step, or those named
///
/// A failed step does not keep the others from running; the table at the end says which failed and
/// how long each took.
#[derive(clap::Args)]
pub(crate) struct Ci {
    /// Steps to run; all when none is named
    steps: Vec<Step>,
    /// Step to leave out; may be repeated
    #[arg(long, value_name = "STEP")]
    skip: Vec<Step>,
    /// Install what a step needs and is missing
    #[arg(long)]
    install: bool,
    /// Print the table as JSON; all other output goes to standard error
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Step {
    /// rustfmt and clippy
    Lint,
    /// Our own promises
    Tidy,
    /// The Rust version of dependencies
    Msrv,
    /// Licences, bans and sources of dependencies
    Deny,
    /// rustdoc
    Doc,
    /// Each crate by itself, in each selection of features
    Features,
    /// Fuzz targets compile
    FuzzCheck,
    /// The official SDKs against the served fake
    Sdks,
    /// `cargo test --workspace`
    Test,
}

impl Ci {
    pub(crate) fn run(&self) -> Result<Done, Failure> {
        let shell = if self.json { Shell::with_stdout_free() } else { Shell::new() };
        let reports: Vec<Report> =
            self.selected().map(|step| Report::of(step, || self.run_step(step, &shell))).collect();
        if self.json {
            println!("{}", to_json(&reports));
        } else {
            println!("\n{}", to_table(&reports));
        }
        conclude(&reports)
    }

    fn run_step(&self, step: Step, shell: &Shell) -> Result<Done, Failure> {
        match step {
            Step::Lint => lint::Lint::default().run(shell),
            Step::Tidy => tidy::Tidy::default().run(shell),
            Step::Msrv => msrv::Msrv::default().run(shell),
            Step::Deny => deny::Deny { install: self.install }.run(shell),
            Step::Doc => doc::Doc::default().run(shell),
            Step::Features => features::Features::default().run(shell),
            Step::FuzzCheck => fuzz::check(shell),
            Step::Sdks => sdks::Sdks::run(shell),
            Step::Test => test::Test::default().run(shell),
        }
    }

    fn selected(&self) -> impl Iterator<Item = Step> {
        let is_named = |step: &Step| self.steps.is_empty() || self.steps.contains(step);
        let all = Step::value_variants().iter().copied();
        all.filter(move |step| is_named(step) && !self.skip.contains(step))
    }
}

impl Step {
    /// As the command line names it.
    fn name(self) -> String {
        self.to_possible_value().expect("no step is hidden").get_name().to_owned()
    }
}

/// How a step went.
struct Report {
    step: Step,
    outcome: Result<Done, Failure>,
    seconds: f64,
}

impl Report {
    fn of(step: Step, run: impl FnOnce() -> Result<Done, Failure>) -> Self {
        eprintln!("\nxtask: {}", step.name());
        let started = Instant::now();
        let outcome = run();
        if let Err(failure) = &outcome {
            eprintln!("error: {failure}");
        }
        Self { step, outcome, seconds: started.elapsed().as_secs_f64() }
    }

    fn result(&self) -> &'static str {
        match self.outcome {
            Ok(Done::Passed) => "passed",
            Ok(Done::Skipped(_)) => "SKIPPED",
            Err(_) => "FAILED",
        }
    }

    /// Why it was skipped or failed.
    fn reason(&self) -> Option<String> {
        match &self.outcome {
            Ok(Done::Passed) => None,
            Ok(Done::Skipped(reason)) => Some(reason.clone()),
            Err(failure) => Some(failure.to_string()),
        }
    }
}

fn to_table(reports: &[Report]) -> String {
    let head = ["step", "result", "seconds", ""].map(str::to_owned);
    let rows = reports.iter().map(|report| {
        let reason = report.reason().unwrap_or_default();
        let reason = reason.lines().next().unwrap_or_default().to_owned();
        [report.step.name(), report.result().into(), format!("{:7.1}", report.seconds), reason]
    });
    table(&[head].into_iter().chain(rows).collect::<Vec<_>>())
}

fn to_json(reports: &[Report]) -> serde_json::Value {
    let steps = reports.iter().map(|report| {
        json!({
            "step": report.step.name(),
            "result": report.result().to_lowercase(),
            "seconds": (report.seconds * 10.0).round() / 10.0,
            "reason": report.reason(),
        })
    });
    json!({ "steps": steps.collect::<Vec<_>>(), "passed": conclude(reports).is_ok() })
}

fn conclude(reports: &[Report]) -> Result<Done, Failure> {
    let failed = reports.iter().filter(|report| report.outcome.is_err());
    let names: Vec<String> = failed.map(|report| report.step.name()).collect();
    match names.len() {
        0 if reports.is_empty() => Err(Failure::new("no step is left to run")),
        0 => Ok(Done::Passed),
        failed => Err(Failure::new(format!(
            "{failed} of {} steps failed; repeat with: cargo xtask ci {}",
            reports.len(),
            names.join(" ")
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(step: Step, outcome: Result<Done, Failure>) -> Report {
        Report { step, outcome, seconds: 1.25 }
    }

    #[test]
    fn one_failed_step_fails_the_run() {
        let reports = [
            report(Step::Lint, Ok(Done::Passed)),
            report(Step::FuzzCheck, Err(Failure::new("broken\nin detail"))),
        ];

        let failure = conclude(&reports).unwrap_err().to_string();

        assert_eq!(failure, "1 of 2 steps failed; repeat with: cargo xtask ci fuzz-check");
        assert!(to_table(&reports).contains("fuzz-check  FAILED      1.2  broken\n"));
        assert_eq!(to_json(&reports)["passed"], false);
    }

    #[test]
    fn nothing_to_run_is_no_success() {
        assert!(conclude(&[]).is_err());
    }
}
