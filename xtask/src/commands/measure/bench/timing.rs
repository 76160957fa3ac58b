//! Times, measured by criterion.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::checkout::Checkout;
use super::results::Results;
use crate::infra::failure::Failure;

/// Number and length of the runs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Runs {
    pub(super) count: usize,
    /// Whether runs are short and less exact.
    pub(super) short: bool,
    /// Whether rows that take gigabytes of memory are included.
    pub(super) full: bool,
}

/// Measures the rows whose name contains `filter`.
pub(super) fn measure(
    checkout: &Checkout,
    filter: Option<&str>,
    runs: Runs,
) -> Result<Results, Failure> {
    let mut results = Results::default();
    for run in 1..=runs.count {
        let home = checkout.output(&format!("criterion-{run}"));
        // Results of an earlier run would be read as those of this one.
        if home.exists() {
            fs::remove_dir_all(&home)?;
        }
        eprintln!("run {run} of {}", runs.count);
        let pace = if runs.short { ["0.1", "0.3", "10"] } else { ["0.3", "1", "20"] };
        let [warm_up, time, samples] = pace;
        let filter = filter.map(literal);
        let mut arguments = vec!["bench", "--package", "talon-benches"];
        arguments.extend(checkout.benches());
        arguments.push("--");
        arguments.extend(filter.as_deref());
        arguments.extend(["--warm-up-time", warm_up, "--measurement-time", time]);
        arguments.extend(["--sample-size", samples, "--noplot", "--quiet"]);
        let mut command = checkout.cargo(arguments);
        command.env("CRITERION_HOME", &home);
        if runs.full {
            command.env("TALON_BENCH_FULL", "1");
        }
        checkout.shell.run(command)?;
        read(&home, &mut results)?;
    }
    Ok(results)
}

/// Criterion's filter is a regular expression; ours is a text.
fn literal(filter: &str) -> String {
    let escape = |it: char| if it.is_alphanumeric() { it.to_string() } else { format!("\\{it}") };
    filter.chars().map(escape).collect()
}

/// Adds the medians that criterion wrote under `home`.
fn read(home: &Path, results: &mut Results) -> Result<(), Failure> {
    let mut found = Vec::new();
    estimates(home, &mut found)?;
    found.sort();
    for folder in found {
        let benchmark = json(&folder.join("benchmark.json"))?;
        let estimate = json(&folder.join("estimates.json"))?;
        let (name, time) =
            (benchmark["full_id"].as_str(), estimate["median"]["point_estimate"].as_f64());
        let (Some(name), Some(time)) = (name, time) else {
            return Err(Failure::new(format!("{} has an unexpected format", folder.display())));
        };
        let row = results.row(name);
        row.times.push(time);
        row.bytes = row.bytes.or(benchmark["throughput"]["Bytes"].as_u64());
    }
    Ok(())
}

/// Finds the folders with the figures of a row.
fn estimates(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() && path.join("estimates.json").exists() && path.ends_with("new") {
            found.push(path);
        } else if path.is_dir() {
            estimates(&path, found)?;
        }
    }
    Ok(())
}

fn json(path: &Path) -> Result<Value, Failure> {
    let text = fs::read(path)?;
    serde_json::from_slice(&text)
        .map_err(|error| Failure::new(format!("{}: {error}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_no_pattern() {
        assert_eq!(literal("decode/a.b"), "decode\\/a\\.b");
    }
}
