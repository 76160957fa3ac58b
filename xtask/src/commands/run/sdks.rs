//! `cargo xtask sdks`

use std::env;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Failure, Status};
use crate::infra::shell::Shell;
use crate::infra::tool::Install;

/// The official SDKs against the served fake, as far as they are installed
///
/// Packages are searched where the interpreter looks for them, and under target/sdks. --install
/// installs them there, with npm and pip.
#[derive(clap::Args)]
pub(crate) struct Sdks {
    #[command(flatten)]
    pub(crate) install: Install,
}

/// An SDK: how to find, install and run it.
struct Sdk {
    name: &'static str,
    program: &'static str,
    /// Arguments that succeed if interpreter and package are installed.
    probe: &'static [&'static str],
    script: &'static str,
    /// Command that installs the package.
    install: &'static [&'static str],
    /// Variable with the folders of packages, and the folder that `install` fills.
    packages: (&'static str, &'static str),
}

const SDKS: [Sdk; 3] = [
    Sdk {
        name: "JavaScript, 2020",
        program: "node",
        probe: &["-e", "new (require('talon_one').IntegrationApi)().updateCustomerSession.call"],
        script: "crates/talon-fake/examples/sdk/javascript.js",
        install: &["npm", "install", "--prefix", "target/sdks/javascript", "talon_one@4.3.0"],
        packages: ("NODE_PATH", "target/sdks/javascript/node_modules"),
    },
    Sdk {
        name: "JavaScript, today",
        program: "node",
        probe: &["-e", "new (require('talon_one').IntegrationApi)().returnCartItems.call"],
        script: "crates/talon-fake/examples/sdk/javascript_today.js",
        install: &[
            "npm",
            "install",
            "--prefix",
            "target/sdks/javascript-today",
            "talon_one@5.0.1-rc",
        ],
        packages: ("NODE_PATH", "target/sdks/javascript-today/node_modules"),
    },
    Sdk {
        name: "Python, today",
        program: "python3",
        probe: &["-c", "import talon_one.api.integration_api"],
        script: "crates/talon-fake/examples/sdk/python.py",
        install: &[
            "python3",
            "-m",
            "pip",
            "install",
            "--quiet",
            "--target",
            "target/sdks/python",
            "talon-one-sdk==26.2",
        ],
        packages: ("PYTHONPATH", "target/sdks/python"),
    },
];

impl Run for Sdks {
    fn run(&self, shell: &Shell) -> CommandResult {
        let (there, missing): (Vec<_>, Vec<_>) = SDKS
            .iter()
            .partition(|sdk| sdk.is_installed(shell) || sdk.can_install(shell, self.install));
        if !there.is_empty() {
            shell.cargo(["build", "--quiet", "--bin", "talon"])?;
        }
        for sdk in there {
            eprintln!("{}:", sdk.name);
            let server = FakeServer::start(shell)?;
            let mut command = sdk.command(shell, &[sdk.script])?;
            command.env("TALON_BASE_URL", &server.url).env("TALON_API_KEY", "demo-key");
            shell.run(command)?;
        }
        if missing.is_empty() {
            return Ok(Status::Passed);
        }
        let missing: Vec<String> = missing.into_iter().map(Sdk::requirement).collect();
        Ok(Status::Skipped(missing.join("; ")))
    }
}

impl Sdk {
    fn is_installed(&self, shell: &Shell) -> bool {
        let probe = self.command(shell, self.probe).map(|mut command| command.output());
        probe.is_ok_and(|output| output.is_ok_and(|output| output.status.success()))
    }

    /// Installs it if that is wanted; a missing network or installer is not a failure.
    fn can_install(&self, shell: &Shell, install: Install) -> bool {
        if !install.install {
            return false;
        }
        let command = shell.command(self.install[0], self.install[1..].iter().copied());
        let installed = shell.run(command);
        if let Err(failure) = &installed {
            eprintln!("{failure}");
        }
        installed.is_ok() && self.is_installed(shell)
    }

    /// The interpreter, which searches the folder of `--install` first.
    fn command(&self, shell: &Shell, arguments: &[&str]) -> Result<Command, Failure> {
        let (variable, folder) = self.packages;
        let others = env::var_os(variable);
        let others = others.iter().flat_map(env::split_paths);
        let folders = env::join_paths([shell.root().join(folder)].into_iter().chain(others));
        let mut command = shell.command(self.program, arguments.iter().copied());
        command.env(variable, folders.map_err(|error| Failure::new(error.to_string()))?);
        Ok(command)
    }

    fn requirement(&self) -> String {
        let (name, program, install) = (self.name, self.program, self.install.join(" "));
        format!("{name} needs {program} and --install, or: {install}")
    }
}

/// A process that serves a new demo world on a free port; ended when dropped.
struct FakeServer {
    process: Child,
    url: String,
}

impl FakeServer {
    fn start(shell: &Shell) -> Result<Self, Failure> {
        let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
        let talon = shell.root().join(target).join("debug/talon");
        let mut command = shell.command(&talon.to_string_lossy(), ["serve", "--port", "0"]);
        let mut process = command.stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        if let Some(stdout) = process.stdout.take() {
            BufReader::new(stdout).read_line(&mut line)?;
        }
        let url = line.trim().strip_prefix("listening on ").map(ToOwned::to_owned);
        match url {
            Some(url) => Ok(Self { process, url }),
            None => Err(Failure::new("talon serve did not say where it listens")),
        }
    }
}

impl Drop for FakeServer {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_SUCH: Sdk = Sdk {
        name: "COBOL, some day",
        program: "no-such-interpreter",
        probe: &["--version"],
        script: "no-such-script",
        install: &["no-such-installer", "talon"],
        packages: ("NO_SUCH_PATH", "target/sdks/cobol"),
    };

    #[test]
    fn an_sdk_that_cannot_be_installed_is_no_failure() {
        let shell = Shell::with_stdout(false);

        assert!(!NO_SUCH.is_installed(&shell));
        assert!(!NO_SUCH.can_install(&shell, Install { install: true }));
        assert_eq!(
            NO_SUCH.requirement(),
            "COBOL, some day needs no-such-interpreter and --install, or: no-such-installer talon"
        );
    }

    #[test]
    fn packages_are_looked_for_where_they_are_installed() {
        for sdk in SDKS {
            let (_, folder) = sdk.packages;

            assert!(sdk.install.iter().any(|word| folder.starts_with(word)), "{}", sdk.name);
        }
    }
}
