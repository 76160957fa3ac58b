//! One target under libFuzzer.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

use super::report::{self, Report};
use crate::infra::failure::Failure;
use crate::infra::shell::Shell;

/// Time between two lines of progress.
const PROGRESS_INTERVAL: Duration = Duration::from_secs(10);

/// Folder of the seeds that are derived from samples.
const SEEDS: &str = "fuzz/target/seeds";

/// Writes the derived seeds of all targets.
pub(super) fn write_seeds(shell: &Shell) -> Result<(), Failure> {
    shell.cargo(["run", "--locked", "--package", "talon-properties", "--example", "seeds", SEEDS])
}

/// Runs the target for `seconds`. Its output goes to the log.
pub(super) fn run(shell: &Shell, target: &str, seconds: u32) -> Result<Report, Failure> {
    let started = Instant::now();
    let root = shell.root();
    let found = format!("fuzz/target/found/{target}");
    let log = format!("fuzz/target/found/{target}.log");
    fs::create_dir_all(root.join(&found))?;
    let artifacts = root.join("fuzz/artifacts").join(target);
    let crashes_before = count(&artifacts);

    let mut command = command(shell, target, &found, seconds);
    command.stdout(File::create(root.join(&log))?);
    command.stderr(File::options().append(true).open(root.join(&log))?);
    eprintln!("{target}: {seconds} s, and before that the time to build it; log: {log}");
    let status = watch(target, command.spawn()?, &root.join(&log))?;

    let text = read(&root.join(&log));
    let crashes = count(&artifacts).saturating_sub(crashes_before);
    // Crashes are reported in the table, other failures here.
    if crashes == 0 && !status.success() {
        let reason: Vec<_> = text.lines().rev().take(8).collect();
        let reason = reason.into_iter().rev().collect::<Vec<_>>().join("\n");
        return Err(Failure::new(format!(
            "{target} could not be run; the end of {log}:\n{reason}"
        )));
    }
    Ok(Report::new(target, &text, crashes, started.elapsed().as_secs_f64()))
}

fn command(shell: &Shell, target: &str, found: &str, seconds: u32) -> Command {
    // The code has no `unsafe`: an address sanitizer would only make it slower. One codegen unit
    // takes several times as long to build, and is hardly faster.
    let options = ["--sanitizer", "none", "--codegen-units", "16"];
    let run = ["+nightly", "fuzz", "run"].into_iter().chain(options).chain([target, found]);
    let mut command = shell.command("cargo", run);
    for folder in ["fuzz/corpus", "fuzz/regressions", SEEDS] {
        let inputs = shell.root().join(folder).join(target);
        if inputs.is_dir() {
            command.arg(inputs);
        }
    }
    command.arg("--").arg(format!("-max_total_time={seconds}"));
    command.args(["-print_final_stats=1", "-timeout=10", "-dict=fuzz/dictionary"]);
    // A sequence of requests reaches so many edges that weighing them takes most of the time.
    command.arg("-entropic=0");
    command
}

/// Waits for the end of the run.
fn watch(target: &str, mut run: Child, log: &Path) -> Result<ExitStatus, Failure> {
    let started = Instant::now();
    let mut told = started;
    loop {
        if let Some(status) = run.try_wait()? {
            return Ok(status);
        }
        thread::sleep(Duration::from_millis(100));
        if told.elapsed() >= PROGRESS_INTERVAL {
            told = Instant::now();
            let progress = report::progress(&read(log));
            eprintln!("{target}: {:>4} s, {progress}", started.elapsed().as_secs());
        }
    }
}

/// The log so far. A target may print bytes that are not UTF-8.
fn read(log: &Path) -> String {
    fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

fn count(folder: &Path) -> usize {
    fs::read_dir(folder).map_or(0, Iterator::count)
}
