//! A source tree that is built and measured: this one, or that of a revision.

use std::path::PathBuf;
use std::process::Command;

use crate::infra::failure::Failure;
use crate::infra::shell::Shell;

/// A source tree, and the folders for its output.
pub(super) struct Checkout {
    pub(super) shell: Shell,
    target: PathBuf,
    output: PathBuf,
    environment: Vec<(&'static str, String)>,
}

impl Checkout {
    /// This workspace. Benchmarks run with `environment`.
    pub(super) fn here(environment: Vec<(&'static str, String)>) -> Self {
        let shell = Shell::with_stdout(true);
        let root = shell.root().canonicalize().unwrap_or_else(|_| shell.root().to_owned());
        let target = root.join("target");
        let output = target.join("bench");
        Self { shell, target, output, environment }
    }

    /// The tree at `root`, whose output goes to `folder`.
    pub(super) fn beside(root: PathBuf, folder: PathBuf) -> Self {
        let shell = Shell::with_stdout(true).at(root);
        Self { shell, target: folder.join("target"), output: folder, environment: Vec::new() }
    }

    /// A folder for results.
    pub(super) fn output(&self, name: &str) -> PathBuf {
        self.output.join(name)
    }

    /// Cargo, with the target directory.
    pub(super) fn cargo<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Command {
        let mut command = self.shell.command("cargo", arguments);
        command.env("CARGO_TARGET_DIR", &self.target).envs(self.environment.iter().cloned());
        command
    }

    /// A binary of the benches, built for release.
    pub(super) fn binary(&self, name: &str) -> PathBuf {
        self.target.join("release").join(name)
    }

    /// Arguments that select the benches: with a payload of the user, only `rows`.
    pub(super) fn benches(&self) -> &'static [&'static str] {
        if self.environment.is_empty() { &["--benches"] } else { &["--bench", "rows"] }
    }

    /// Standard output of a command.
    pub(super) fn output_of(&self, mut command: Command) -> Result<String, Failure> {
        command.envs(self.environment.iter().cloned());
        let line = format!("{command:?}");
        let output = command.output();
        let output = output.map_err(|error| Failure::new(format!("cannot run {line}: {error}")))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let reason = String::from_utf8_lossy(&output.stderr);
        Err(Failure::new(reason.trim_end().to_owned()))
    }
}
