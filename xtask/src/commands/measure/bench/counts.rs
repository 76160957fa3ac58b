//! Instructions and allocations: what repeats from run to run.

use std::fs;
use std::process::Command;
use std::sync::Mutex;
use std::thread;

use super::results::{Allocations, Measured, Results};
use super::site::Site;
use crate::infra::failure::Failure;

/// Calls that are counted; what a call costs is their mean.
const CALLS: u64 = 10;

/// As many are enough of what goes through this many bytes.
const CALLS_OF_LARGE: u64 = 2;
const LARGE: u64 = 100_000;

/// The function of `bench-count` between whose beginning and end callgrind counts.
const MEASURED: &str = "--toggle-collect=*bench_count*measured*";

/// Builds the rows and counts those whose name contains `filter`.
pub(super) fn measure(site: &Site, filter: Option<&str>) -> Result<Results, Failure> {
    let build = ["build", "--release", "--package", "talon-benches"];
    let binaries = ["--bin", "bench-count", "--bin", "bench-allocations"];
    site.shell.run(site.cargo(build.into_iter().chain(binaries)))?;
    let mut results = list(site, filter)?;
    allocations(site, &mut results)?;
    instructions(site, &mut results)?;
    Ok(results)
}

/// Rows without figures.
fn list(site: &Site, filter: Option<&str>) -> Result<Results, Failure> {
    let mut command = Command::new(site.binary("bench-count"));
    command.arg("list");
    let mut results = Results::default();
    for line in site.output_of(command)?.lines() {
        let (name, bytes) = line.split_once('\t').unwrap_or((line, ""));
        if filter.is_none_or(|filter| name.contains(filter)) {
            results.row(name).bytes = bytes.parse().ok();
        }
    }
    Ok(results)
}

fn allocations(site: &Site, results: &mut Results) -> Result<(), Failure> {
    let printed = site.output_of(Command::new(site.binary("bench-allocations")))?;
    for line in printed.lines() {
        let mut cells = line.split('\t');
        let name = cells.next().unwrap_or_default();
        let mut next = || cells.next().and_then(|cell| cell.parse().ok());
        if let (true, Some(count), Some(bytes), Some(most)) =
            (results.get(name).is_some(), next(), next(), next())
        {
            results.row(name).allocations = Some(Allocations { count, bytes, most });
        }
    }
    Ok(())
}

/// Each row in a process of its own, so that none depends on another; as many at once as there are
/// cores, since nobody's time matters.
fn instructions(site: &Site, results: &mut Results) -> Result<(), Failure> {
    let folder = site.output("callgrind");
    fs::create_dir_all(&folder)?;
    let mut rows: Vec<(String, u64)> =
        results.iter().map(|row| (row.name.clone(), calls(row))).collect();
    eprintln!("{} rows under callgrind; profiles: {}", rows.len(), folder.display());
    rows.reverse();
    let (open, counted) = (Mutex::new(rows), Mutex::new(Vec::new()));
    let work = || {
        while let Some((name, calls)) = next(&open) {
            let count = count(site, &name, calls);
            counted.lock().expect("nobody panics").push((name, count));
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    for (name, count) in counted.into_inner().expect("nobody panics") {
        results.row(&name).instructions = Some(count?);
    }
    Ok(())
}

fn next<T>(open: &Mutex<Vec<T>>) -> Option<T> {
    open.lock().expect("nobody panics").pop()
}

fn calls(row: &Measured) -> u64 {
    if row.bytes.is_some_and(|bytes| bytes > LARGE) { CALLS_OF_LARGE } else { CALLS }
}

/// Instructions of one call.
fn count(site: &Site, name: &str, calls: u64) -> Result<u64, Failure> {
    let profile = site.output("callgrind").join(format!("{}.out", name.replace('/', ".")));
    let mut command = Command::new("valgrind");
    // The stack begins with the environment: what else is in it must not move the stack.
    command.env_clear();
    command.args(["--tool=callgrind", MEASURED, "--dump-line=no"]);
    command.arg(format!("--callgrind-out-file={}", profile.display()));
    command.arg(site.binary("bench-count")).args(["run", name, &calls.to_string()]);
    site.output_of(command)?;
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
