//! Running several steps, and the report at the end.

use std::time::Instant;

use serde_json::json;

use crate::commands::check::step::Step;
use crate::infra::failure::{CommandResult, Failure, Status};
use crate::infra::shell::Shell;
use crate::infra::table::table;
use crate::infra::tool::Install;

/// Runs all `steps`, also after a failure, and prints a table of the results.
pub(crate) fn run_all(
    shell: &Shell,
    steps: &[&'static Step],
    install: Install,
    json: bool,
) -> CommandResult {
    let started = Instant::now();
    let mut reports = Vec::new();
    for (index, &step) in steps.iter().enumerate() {
        let (number, so_far) = (index + 1, started.elapsed().as_secs());
        eprintln!("\n[{number}/{}] {}, after {so_far} s", steps.len(), step.name);
        reports.push(Report::new(step, || (step.run)(shell, install)));
    }
    if json {
        println!("{}", to_json(&reports));
    } else {
        println!("\n{}", to_table(&reports));
    }
    conclude(&reports)
}

/// Result of a step.
struct Report {
    step: &'static Step,
    outcome: CommandResult,
    seconds: f64,
}

impl Report {
    fn new(step: &'static Step, run: impl FnOnce() -> CommandResult) -> Self {
        let started = Instant::now();
        let outcome = run();
        match &outcome {
            Ok(Status::Passed) => {}
            Ok(Status::Skipped(reason)) => eprintln!("SKIPPED: {reason}"),
            Err(failure) => eprintln!("error: {failure}"),
        }
        Self { step, outcome, seconds: started.elapsed().as_secs_f64() }
    }

    fn result(&self) -> &'static str {
        match self.outcome {
            Ok(Status::Passed) => "passed",
            Ok(Status::Skipped(_)) => "SKIPPED",
            Err(_) => "FAILED",
        }
    }

    /// Reason of a skipped or failed step.
    fn reason(&self) -> Option<String> {
        match &self.outcome {
            Ok(Status::Passed) => None,
            Ok(Status::Skipped(reason)) => Some(reason.clone()),
            Err(failure) => Some(failure.to_string()),
        }
    }
}

fn to_table(reports: &[Report]) -> String {
    let head = ["step", "result", "seconds", ""].map(str::to_owned);
    let rows = reports.iter().map(|report| {
        let reason = report.reason().unwrap_or_default();
        let reason = reason.lines().next().unwrap_or_default().to_owned();
        [
            report.step.name.to_owned(),
            report.result().into(),
            format!("{:7.1}", report.seconds),
            reason,
        ]
    });
    let seconds: f64 = reports.iter().map(|report| report.seconds).sum();
    let all = ["all".to_owned(), String::new(), format!("{seconds:7.1}"), String::new()];
    table(&[head].into_iter().chain(rows).chain([all]).collect::<Vec<_>>())
}

fn to_json(reports: &[Report]) -> serde_json::Value {
    let steps = reports.iter().map(|report| {
        json!({
            "step": report.step.name,
            "result": report.result().to_lowercase(),
            "seconds": (report.seconds * 10.0).round() / 10.0,
            "reason": report.reason(),
        })
    });
    json!({ "steps": steps.collect::<Vec<_>>(), "passed": conclude(reports).is_ok() })
}

fn conclude(reports: &[Report]) -> CommandResult {
    let failed = reports.iter().filter(|report| report.outcome.is_err());
    let names: Vec<&str> = failed.map(|report| report.step.name).collect();
    match names.len() {
        0 if reports.is_empty() => Err(Failure::new("no step is left to run")),
        0 => Ok(Status::Passed),
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
    use crate::commands::check::step::STEPS;

    fn report(step: &str, outcome: CommandResult) -> Report {
        let step = STEPS.iter().find(|it| it.name == step).unwrap();
        Report { step, outcome, seconds: 1.25 }
    }

    #[test]
    fn one_failed_step_fails_the_run() {
        let reports = [
            report("clippy", Ok(Status::Passed)),
            report("fuzz-check", Err(Failure::new("broken\nin detail"))),
        ];

        let failure = conclude(&reports).unwrap_err().to_string();

        assert_eq!(failure, "1 of 2 steps failed; repeat with: cargo xtask ci fuzz-check");
        let table = to_table(&reports);
        assert!(table.contains("fuzz-check  FAILED      1.2  broken\n"), "{table}");
        assert!(table.ends_with("all                     2.5\n"), "{table}");
        assert_eq!(to_json(&reports)["passed"], false);
    }

    #[test]
    fn a_skipped_step_is_reported_and_does_not_fail_the_run() {
        let reports = [report("advisories", Ok(Status::Skipped("unreachable".to_owned())))];

        assert!(conclude(&reports).is_ok());
        assert!(to_table(&reports).contains("advisories  SKIPPED      1.2  unreachable\n"));
        assert_eq!(to_json(&reports)["steps"][0]["result"], "skipped");
    }

    #[test]
    fn a_run_without_steps_fails() {
        assert!(conclude(&[]).is_err());
    }
}
