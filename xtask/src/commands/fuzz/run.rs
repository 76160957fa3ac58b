//! One target under libFuzzer.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

use super::report::{self, Report};
use crate::infra::failure::Failure;
use crate::infra::shell::Shell;

/// How often a run tells how it goes.
const TELL: Duration = Duration::from_secs(10);

/// Looks for `seconds`; what it does until then is in the log, and a line of it here.
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
    // A crash is reported in the table; anything else, such as a build that fails, here.
    if crashes == 0 && !status.success() {
        let reason: Vec<_> = text.lines().rev().take(8).collect();
        let reason = reason.into_iter().rev().collect::<Vec<_>>().join("\n");
        return Err(Failure::new(format!(
            "{target} could not be run; the end of {log}:\n{reason}"
        )));
    }
    Ok(Report::of(target, &text, crashes, started.elapsed().as_secs_f64()))
}

fn command(shell: &Shell, target: &str, found: &str, seconds: u32) -> Command {
    // Nothing of ours is unsafe: an address sanitizer would only make it slower. In one unit of
    // code it takes several times as long to build, and is hardly any faster.
    let options = ["--sanitizer", "none", "--codegen-units", "16"];
    let run = ["+nightly", "fuzz", "run"].into_iter().chain(options).chain([target, found]);
    let mut command = shell.command("cargo", run);
    for folder in ["corpus", "regressions"] {
        let inputs = shell.root().join("fuzz").join(folder).join(target);
        if inputs.is_dir() {
            command.arg(inputs);
        }
    }
    command.arg("--").arg(format!("-max_total_time={seconds}"));
    command.args(["-print_final_stats=1", "-timeout=10", "-dict=fuzz/dictionary"]);
    // A sequence of requests reaches so much that weighing it takes libFuzzer most of its time.
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
        if told.elapsed() >= TELL {
            told = Instant::now();
            let progress = report::progress(&read(log));
            eprintln!("{target}: {:>4} s, {progress}", started.elapsed().as_secs());
        }
    }
}

/// The log so far; a target may print what is no UTF-8.
fn read(log: &Path) -> String {
    fs::read(log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}

fn count(folder: &Path) -> usize {
    fs::read_dir(folder).map_or(0, Iterator::count)
}
