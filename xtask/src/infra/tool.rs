//! What commands need beside stable Rust.

use crate::infra::failure::{Done, Failure};
use crate::infra::shell::Shell;

/// Whether to install what is missing.
#[derive(clap::Args, Clone, Copy, Debug, Default)]
pub(crate) struct Install {
    /// Install what this needs and is missing
    #[arg(long)]
    pub(crate) install: bool,
}

/// A program from crates.io.
pub(crate) struct Tool {
    package: &'static str,
    /// What `--install` gets; another version that is there already is used as it is.
    version: &'static str,
    /// Succeeds when the program is there.
    probe: &'static [&'static str],
    /// Built without optimisation: that takes half the time, and even so it runs for seconds.
    is_quick: bool,
}

pub(crate) const DENY: Tool = Tool {
    package: "cargo-deny",
    version: "0.20.2",
    probe: &["cargo", "deny", "--version"],
    is_quick: true,
};

pub(crate) const MACHETE: Tool = Tool {
    package: "cargo-machete",
    version: "0.9.2",
    probe: &["cargo", "machete", "--version"],
    is_quick: true,
};

pub(crate) const TYPOS: Tool = Tool {
    package: "typos-cli",
    version: "1.52.0",
    probe: &["typos", "--version"],
    is_quick: true,
};

pub(crate) const TARPAULIN: Tool = Tool {
    package: "cargo-tarpaulin",
    version: "0.37.5",
    probe: &["cargo", "tarpaulin", "--version"],
    is_quick: false,
};

pub(crate) const SEMVER_CHECKS: Tool = Tool {
    package: "cargo-semver-checks",
    version: "0.51.0",
    probe: &["cargo", "semver-checks", "--version"],
    is_quick: false,
};

pub(crate) const MUTANTS: Tool = Tool {
    package: "cargo-mutants",
    version: "27.1.0",
    probe: &["cargo", "mutants", "--version"],
    is_quick: false,
};

pub(crate) const FUZZ: Tool = Tool {
    package: "cargo-fuzz",
    version: "0.13.2",
    probe: &["cargo", "fuzz", "--version"],
    is_quick: true,
};

impl Tool {
    /// `None` when the program is there, perhaps since now; otherwise why nothing can be checked.
    pub(crate) fn missing(&self, shell: &Shell, install: Install) -> Result<Option<Done>, Failure> {
        let versioned = format!("{}@{}", self.package, self.version);
        let debug = self.is_quick.then_some("--debug");
        let command = ["cargo", "install", "--locked"].into_iter().chain(debug);
        let command: Vec<&str> = command.chain([versioned.as_str()]).collect();
        missing(shell, install, self.package, self.probe, &command)
    }
}

/// As [`Tool::missing`], of nightly Rust beside the one in use.
pub(crate) fn nightly_missing(shell: &Shell, install: Install) -> Result<Option<Done>, Failure> {
    let probe = ["cargo", "+nightly", "--version"];
    let command = ["rustup", "toolchain", "install", "nightly", "--profile", "minimal"];
    missing(shell, install, "nightly Rust", &probe, &command)
}

/// `None` when `probe` succeeds, or `command` has brought what was missing.
fn missing(
    shell: &Shell,
    install: Install,
    name: &str,
    probe: &[&str],
    command: &[&str],
) -> Result<Option<Done>, Failure> {
    if shell.output(probe[0], probe[1..].iter().copied()).is_ok() {
        return Ok(None);
    }
    if !install.install {
        let line = command.join(" ");
        let reason = format!("{name} is not installed; add --install, or run: {line}");
        return Ok(Some(Done::Skipped(reason)));
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
        is_quick: true,
    };

    #[test]
    fn what_is_missing_is_said_with_the_command_that_brings_it() {
        let skipped = NO_SUCH.missing(&Shell::with_stdout(false), Install::default()).unwrap();

        let Some(Done::Skipped(reason)) = skipped else { panic!("{skipped:?}") };
        let command = "cargo install --locked --debug no-such-program@1.2.3";
        let expected =
            format!("no-such-program is not installed; add --install, or run: {command}");
        assert_eq!(reason, expected);
    }

    #[test]
    fn what_is_there_is_used() {
        let rustc = Tool { probe: &["rustc", "--version"], ..NO_SUCH };

        assert_eq!(
            rustc.missing(&Shell::with_stdout(false), Install { install: true }).unwrap(),
            None
        );
    }
}
