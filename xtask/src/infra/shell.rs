//! Other programs, run at the root of the workspace.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::{env, io};

use crate::infra::failure::Failure;

/// The folder in which programs run, and the destination of their output.
pub(crate) struct Shell {
    root: PathBuf,
    stdout_is_ours: bool,
}

impl Shell {
    /// Programs write to standard output, or to standard error if `stdout_is_ours`.
    pub(crate) fn with_stdout(stdout_is_ours: bool) -> Self {
        Self { root: Path::new(env!("CARGO_MANIFEST_DIR")).join(".."), stdout_is_ours }
    }

    /// Uses another root.
    pub(crate) fn at(self, root: PathBuf) -> Self {
        Self { root, ..self }
    }

    /// The root of the workspace.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Prints the cargo command and runs it.
    pub(crate) fn cargo<'a>(
        &self,
        arguments: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), Failure> {
        self.run(self.command("cargo", arguments))
    }

    /// Prints `command` and runs it; fails unless it succeeds.
    pub(crate) fn run(&self, command: Command) -> Result<(), Failure> {
        let line = line(&command);
        let status = self.status(command)?;
        if status.success() { Ok(()) } else { Err(Failure::new(format!("failed: {line}"))) }
    }

    /// Prints `command`, runs it, and returns its exit status.
    pub(crate) fn status(&self, mut command: Command) -> Result<ExitStatus, Failure> {
        let line = line(&command);
        eprintln!("$ {line}");
        if self.stdout_is_ours {
            command.stdout(io::stderr());
        }
        command.status().map_err(|error| cannot_run(&line, &error))
    }

    /// Standard output of `program`. Its standard error is shown only in a failure.
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

    /// A program that will run at the root.
    ///
    /// Removes the variables by which `cargo run` describes the package xtask. Build scripts that
    /// depend on these variables would run each time.
    pub(crate) fn command<'a>(
        &self,
        program: &str,
        arguments: impl IntoIterator<Item = &'a str>,
    ) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.root);
        for (name, _) in env::vars_os() {
            let is_of_cargo = name.to_str().is_some_and(|name| {
                name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
            });
            if is_of_cargo {
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
