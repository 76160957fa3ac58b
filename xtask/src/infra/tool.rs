//! Tools that commands need in addition to stable Rust.

use crate::infra::failure::{Failure, Status};
use crate::infra::shell::Shell;

/// Whether to install a missing tool.
#[derive(clap::Args, Clone, Copy, Debug, Default)]
pub(crate) struct Install {
    /// Install missing tools
    #[arg(long)]
    pub(crate) install: bool,
}

/// A program from crates.io.
pub(crate) struct Tool {
    package: &'static str,
    /// Version that `--install` installs. Any installed version is used.
    version: &'static str,
    /// Command that succeeds if the program is installed.
    probe: &'static [&'static str],
    /// Whether to build the program without optimisation, which takes half the time. For programs
    /// that run for seconds.
    is_debug_build: bool,
}

pub(crate) const DENY: Tool = Tool {
    package: "cargo-deny",
    version: "0.20.2",
    probe: &["cargo", "deny", "--version"],
    is_debug_build: true,
};

pub(crate) const MACHETE: Tool = Tool {
    package: "cargo-machete",
    version: "0.9.2",
    probe: &["cargo", "machete", "--version"],
    is_debug_build: true,
};

pub(crate) const TYPOS: Tool = Tool {
    package: "typos-cli",
    version: "1.52.0",
    probe: &["typos", "--version"],
    is_debug_build: true,
};

pub(crate) const TARPAULIN: Tool = Tool {
    package: "cargo-tarpaulin",
    version: "0.37.5",
    probe: &["cargo", "tarpaulin", "--version"],
    is_debug_build: false,
};

pub(crate) const SEMVER_CHECKS: Tool = Tool {
    package: "cargo-semver-checks",
    version: "0.51.0",
    probe: &["cargo", "semver-checks", "--version"],
    is_debug_build: false,
};

pub(crate) const MUTANTS: Tool = Tool {
    package: "cargo-mutants",
    version: "27.1.0",
    probe: &["cargo", "mutants", "--version"],
    is_debug_build: false,
};

pub(crate) const FUZZ: Tool = Tool {
    package: "cargo-fuzz",
    version: "0.13.2",
    probe: &["cargo", "fuzz", "--version"],
    is_debug_build: true,
};

impl Tool {
    /// `None` if the program is installed, possibly by this call; otherwise the reason to skip.
    pub(crate) fn missing(
        &self,
        shell: &Shell,
        install: Install,
    ) -> Result<Option<Status>, Failure> {
        let versioned = format!("{}@{}", self.package, self.version);
        let debug = self.is_debug_build.then_some("--debug");
        let command = ["cargo", "install", "--locked"].into_iter().chain(debug);
        let command: Vec<&str> = command.chain([versioned.as_str()]).collect();
        missing(shell, install, self.package, self.probe, &command)
    }
}

/// Like [`Tool::missing`], for the nightly toolchain.
pub(crate) fn nightly_missing(shell: &Shell, install: Install) -> Result<Option<Status>, Failure> {
    let probe = ["cargo", "+nightly", "--version"];
    let command = ["rustup", "toolchain", "install", "nightly", "--profile", "minimal"];
    missing(shell, install, "nightly Rust", &probe, &command)
}

/// `None` if `probe` succeeds, or if `command` installed the program.
fn missing(
    shell: &Shell,
    install: Install,
    name: &str,
    probe: &[&str],
    command: &[&str],
) -> Result<Option<Status>, Failure> {
    if shell.output(probe[0], probe[1..].iter().copied()).is_ok() {
        return Ok(None);
    }
    if !install.install {
        let line = command.join(" ");
        let reason = format!("{name} is not installed; add --install, or run: {line}");
        return Ok(Some(Status::Skipped(reason)));
    }
    shell.run(shell.command(command[0], command[1..].iter().copied()))?;
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_SUCH: Tool = Tool {
        package: "no-such-program",
        version: "1.2.3",
        probe: &["no-such-program", "--version"],
        is_debug_build: true,
    };

    #[test]
    fn a_missing_tool_is_reported_with_the_command_that_installs_it() {
        let skipped = NO_SUCH.missing(&Shell::with_stdout(false), Install::default()).unwrap();

        let Some(Status::Skipped(reason)) = skipped else { panic!("{skipped:?}") };
        let command = "cargo install --locked --debug no-such-program@1.2.3";
        let expected =
            format!("no-such-program is not installed; add --install, or run: {command}");
        assert_eq!(reason, expected);
    }

    #[test]
    fn an_installed_tool_is_used() {
        let rustc = Tool { probe: &["rustc", "--version"], ..NO_SUCH };

        assert_eq!(
            rustc.missing(&Shell::with_stdout(false), Install { install: true }).unwrap(),
            None
        );
    }
}
