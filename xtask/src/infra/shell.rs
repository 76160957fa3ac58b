//! Running other programs, from the root of the workspace.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::{env, io};

use crate::infra::failure::Failure;

/// Where programs run, and where their output goes.
pub(crate) struct Shell {
    root: PathBuf,
    stdout_is_ours: bool,
}

impl Shell {
    /// Programs write where this one does; to standard error when standard output is ours alone.
    pub(crate) fn with_stdout(stdout_is_ours: bool) -> Self {
        Self { root: Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), stdout_is_ours }
    }

    /// The same at another root.
    pub(crate) fn at(self, root: PathBuf) -> Self {
        Self { root, ..self }
    }

    /// The root of the workspace.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Runs cargo, after telling how.
    pub(crate) fn cargo<'a>(
        &self,
        arguments: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), Failure> {
        self.run(self.command("cargo", arguments))
    }

    /// Runs `command`, after telling how; fails unless it succeeds.
    pub(crate) fn run(&self, command: Command) -> Result<(), Failure> {
        let line = line(&command);
        let status = self.status(command)?;
        if status.success() { Ok(()) } else { Err(Failure::new(format!("failed: {line}"))) }
    }

    /// Runs `command`, after telling how.
    pub(crate) fn status(&self, mut command: Command) -> Result<ExitStatus, Failure> {
        let line = line(&command);
        eprintln!("$ {line}");
        if self.stdout_is_ours {
            command.stdout(io::stderr());
        }
        command.status().map_err(|error| cannot_run(&line, &error))
    }

    /// What `program` prints; quiet unless it fails.
    pub(crate) fn output<'a>(
        &self,
        program: &str,
        arguments: impl IntoIterator<Item = &'a str>,
    ) -> Result<Vec<u8>, Failure> {
        let mut command = self.command(program, arguments);
        let line = line(&command);
        let output = command.stderr(Stdio::piped()).output();
        let output = output.map_err(|error| cannot_run(&line, &error))?;
        if output.status.success() {
            Ok(output.stdout)
        } else {
            let reason = String::from_utf8_lossy(&output.stderr);
            Err(Failure::new(format!("failed: {line}\n{}", reason.trim_end())))
        }
    }

    /// A program about to run at the root.
    ///
    /// `cargo run` told this process about the package xtask. Build scripts that watch those
    /// variables would run again each time if they were passed on.
    pub(crate) fn command<'a>(
        &self,
        program: &str,
        arguments: impl IntoIterator<Item = &'a str>,
    ) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.root);
        for (name, _) in env::vars_os() {
            let told_by_cargo = name.to_str().is_some_and(|name| {
                name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
            });
            if told_by_cargo {
                command.env_remove(name);
            }
        }
        command
    }
}

fn line(command: &Command) -> String {
    let words = [command.get_program()].into_iter().chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn cannot_run(line: &str, error: &io::Error) -> Failure {
    Failure::new(format!("cannot run {line}: {error}"))
}
