//! Instructions and allocations, which are reproducible.

use std::fs;
use std::process::Command;
use std::sync::Mutex;
use std::thread;

use super::checkout::Checkout;
use super::results::{Allocations, Measurement, Results};
use crate::infra::failure::Failure;

/// Number of counted calls; the result is their mean.
const CALLS: u64 = 10;

/// Number of calls for payloads of more than [`LARGE`] bytes.
const CALLS_OF_LARGE: u64 = 2;
const LARGE: u64 = 100_000;

/// The function of `bench-count` between whose beginning and end callgrind counts.
const MEASURED: &str = "--toggle-collect=*bench_count*measured*";

/// Builds the rows and counts those whose name contains `filter`.
pub(super) fn measure(checkout: &Checkout, filter: Option<&str>) -> Result<Results, Failure> {
    let build = ["build", "--profile", "bench", "--package", "talon-benches"];
    let binaries = ["--bin", "bench-count", "--bin", "bench-allocations"];
    checkout.shell.run(checkout.cargo(build.into_iter().chain(binaries)))?;
    let mut results = list(checkout, filter)?;
    allocations(checkout, &mut results)?;
    instructions(checkout, &mut results)?;
    Ok(results)
}

/// The rows, without figures.
fn list(checkout: &Checkout, filter: Option<&str>) -> Result<Results, Failure> {
    let mut command = Command::new(checkout.binary("bench-count"));
    command.arg("list");
    let mut results = Results::default();
    for line in checkout.output_of(command)?.lines() {
        let (name, bytes) = line.split_once('\t').unwrap_or((line, ""));
        if filter.is_none_or(|filter| name.contains(filter)) {
            results.row(name).bytes = bytes.parse().ok();
        }
    }
    Ok(results)
}

fn allocations(checkout: &Checkout, results: &mut Results) -> Result<(), Failure> {
    let printed = checkout.output_of(Command::new(checkout.binary("bench-allocations")))?;
    for line in printed.lines() {
        let mut cells = line.split('\t');
        let name = cells.next().unwrap_or_default();
        let mut next = || cells.next().and_then(|cell| cell.parse().ok());
        if let (true, Some(count), Some(bytes), Some(most)) =
            (results.get(name).is_some(), next(), next(), next())
        {
            results.row(name).allocations = Some(Allocations { count, bytes, most, held: next() });
        }
    }
    Ok(())
}

/// Counts each row in a separate process, so that rows do not influence each other. One process runs
/// for each core, since time is not measured.
fn instructions(checkout: &Checkout, results: &mut Results) -> Result<(), Failure> {
    let folder = checkout.output("callgrind");
    fs::create_dir_all(&folder)?;
    let mut rows: Vec<(String, u64)> =
        results.iter().map(|row| (row.name.clone(), calls(row))).collect();
    eprintln!("{} rows under callgrind; profiles: {}", rows.len(), folder.display());
    rows.reverse();
    let (open, counted) = (Mutex::new(rows), Mutex::new(Vec::new()));
    let work = || {
        while let Some((name, calls)) = next(&open) {
            let count = count(checkout, &name, calls);
            counted.lock().expect("no thread panics").push((name, count));
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    for (name, count) in counted.into_inner().expect("no thread panics") {
        results.row(&name).instructions = Some(count?);
    }
    Ok(())
}

fn next<T>(open: &Mutex<Vec<T>>) -> Option<T> {
    open.lock().expect("no thread panics").pop()
}

fn calls(row: &Measurement) -> u64 {
    if row.bytes.is_some_and(|bytes| bytes > LARGE) { CALLS_OF_LARGE } else { CALLS }
}

/// Instructions of one call.
fn count(checkout: &Checkout, name: &str, calls: u64) -> Result<u64, Failure> {
    let profile = checkout.output("callgrind").join(format!("{}.out", name.replace('/', ".")));
    let mut command = Command::new("valgrind");
    // The environment is at the start of the stack: its size must not move the stack.
    command.env_clear();
    command.args(["--tool=callgrind", MEASURED, "--dump-line=no"]);
    command.arg(format!("--callgrind-out-file={}", profile.display()));
    command.arg(checkout.binary("bench-count")).args(["run", name, &calls.to_string()]);
    checkout.output_of(command)?;
    let text = fs::read_to_string(&profile)?;
    let total = total(&text).map(|total| total / calls);
    total.ok_or_else(|| Failure::new(format!("{} has no total", profile.display())))
}

/// Instructions in a profile of callgrind.
fn total(profile: &str) -> Option<u64> {
    let line = profile.lines().rev().find_map(|line| line.strip_prefix("totals: "))?;
    line.trim().parse().ok().filter(|total| *total > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_read() {
        assert_eq!(total("events: Ir\nfn=(1)\n1 20\n\ntotals: 1234\n"), Some(1234));
    }

    #[test]
    fn a_profile_in_which_nothing_was_counted_is_no_measurement() {
        assert_eq!(total("events: Ir\ntotals: 0\n"), None);
        assert_eq!(total(""), None);
    }
}
