//! `cargo xtask fuzz`

use std::fs;
use std::path::Path;

use crate::failure::{Done, Failure};
use crate::shell::Shell;
use crate::table::table;

mod report;

use report::Report;

/// Looks for inputs that break a property; needs cargo-fuzz and nightly Rust
///
/// Starts from fuzz/corpus/TARGET, keeps what it finds in fuzz/target/found/TARGET, and puts inputs
/// that crash into fuzz/artifacts/TARGET. Copy an input worth keeping into the corpus: `cargo test`
/// replays that on stable Rust.
#[derive(clap::Args)]
pub(crate) struct Fuzz {
    /// A file of fuzz/fuzz_targets, or `all`
    #[arg(default_value = "all")]
    target: String,
    /// How long to look, for each target
    #[arg(long, default_value_t = 60)]
    seconds: u32,
}

impl Fuzz {
    pub(crate) fn run(&self, shell: &Shell) -> Result<Done, Failure> {
        require(shell, ["+nightly", "--version"], "rustup toolchain install nightly")?;
        require(shell, ["fuzz", "--version"], "cargo install cargo-fuzz --locked")?;
        let reports = self
            .selected(shell)?
            .iter()
            .map(|target| self.run_target(shell, target))
            .collect::<Result<Vec<_>, Failure>>()?;
        print!("{}", table(&rows(&reports)));
        let crashed = reports.iter().filter(|report| report.crashes > 0);
        let names: Vec<_> = crashed.map(|report| report.target.as_str()).collect();
        if names.is_empty() {
            Ok(Done::Passed)
        } else {
            let names = names.join(" ");
            Err(Failure::new(format!("inputs that crash {names} are in fuzz/artifacts")))
        }
    }

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

    fn run_target(&self, shell: &Shell, target: &str) -> Result<Report, Failure> {
        let found = format!("fuzz/target/found/{target}");
        let log = format!("fuzz/target/found/{target}.log");
        fs::create_dir_all(shell.root().join(&found))?;
        let artifacts = shell.root().join("fuzz/artifacts").join(target);
        let crashes_before = count(&artifacts);

        let corpus = format!("fuzz/corpus/{target}");
        let run = ["+nightly", "fuzz", "run", target, &found, &corpus, "--"];
        let time = format!("-max_total_time={}", self.seconds);
        let options = [time.as_str(), "-print_final_stats=1", "-timeout=10"];
        let mut command = shell.command("cargo", run.into_iter().chain(options));
        command.stderr(fs::File::create(shell.root().join(&log))?);
        eprintln!("{target}: {} s, and before that the time to build it; log: {log}", self.seconds);
        let outcome = shell.run(command);

        let text = fs::read_to_string(shell.root().join(&log))?;
        let crashes = count(&artifacts).saturating_sub(crashes_before);
        let report = Report::of(target, &text, crashes);
        // A crash is reported in the table; anything else, such as a build that fails, here.
        if crashes == 0 { outcome.map(|()| report) } else { Ok(report) }
    }
}

/// Whether every target compiles, on stable Rust and without libFuzzer.
pub(crate) fn check(shell: &Shell) -> Result<Done, Failure> {
    let clippy = ["clippy", "--manifest-path", "fuzz/Cargo.toml", "--no-default-features"];
    shell.cargo(clippy.into_iter().chain(["--", "-D", "warnings"]))?;
    Ok(Done::Passed)
}

fn require(shell: &Shell, probe: [&str; 2], install: &str) -> Result<(), Failure> {
    let missing = |_| Failure::new(format!("fuzzing needs more tools; run: {install}"));
    shell.output("cargo", probe).map(drop).map_err(missing)
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

fn count(folder: &Path) -> usize {
    fs::read_dir(folder).map_or(0, Iterator::count)
}

fn rows(reports: &[Report]) -> Vec<[String; 5]> {
    let head = ["target", "executions", "per second", "coverage", "crashes"].map(str::to_owned);
    [head].into_iter().chain(reports.iter().map(Report::row)).collect()
}
