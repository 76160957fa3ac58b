//! `cargo xtask sdks`

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Failure, Status};
use crate::infra::shell::Shell;
use crate::infra::tool::Install;

mod server;

use server::FakeServer;

/// Variable with the path of the official document.
const DOCUMENT: &str = "TALON_OPENAPI";
/// The samples of all operations, written for the script of [`REPLIES`].
const SAMPLES: &str = "target/sdks/requests.jsonl";

/// The official SDKs against the served fake, as far as they are installed
///
/// Packages are searched where the interpreter looks for them, and under target/sdks. --install
/// installs them there, with npm and pip.
///
/// With the official OpenAPI document of the Integration API it also sends generated requests and
/// checks every reply against the document. The document is not part of this repository.
#[derive(clap::Args, Default)]
pub(crate) struct Sdks {
    #[command(flatten)]
    install: Install,
    /// The official document, as JSON; by default the file in the variable TALON_OPENAPI
    #[arg(long, value_name = "FILE")]
    document: Option<PathBuf>,
}

/// A script for the served fake, and the package that it needs: how to find, install and run them.
struct Script {
    name: &'static str,
    program: &'static str,
    /// Arguments that succeed if interpreter and package are installed.
    probe: &'static [&'static str],
    file: &'static str,
    packages: Packages,
}

/// Packages of an interpreter, and the folder below `target/sdks` that they are installed in.
struct Packages {
    installer: &'static Installer,
    folder: &'static str,
    /// Names with versions.
    names: &'static [&'static str],
}

/// How packages are installed and found.
struct Installer {
    /// Command that installs packages, up to the folder.
    command: &'static [&'static str],
    /// The folder with the packages, in that of the command.
    within: &'static str,
    /// Variable with the folders in which the interpreter searches.
    variable: &'static str,
}

const NPM: Installer = Installer {
    command: &["npm", "install", "--prefix"],
    within: "/node_modules",
    variable: "NODE_PATH",
};

const PIP: Installer = Installer {
    command: &["python3", "-m", "pip", "install", "--quiet", "--target"],
    within: "",
    variable: "PYTHONPATH",
};

const SDKS: [Script; 3] = [
    Script {
        name: "JavaScript, 2020",
        program: "node",
        probe: &["-e", "new (require('talon_one').IntegrationApi)().updateCustomerSession.call"],
        file: "crates/talon-fake/examples/sdk/javascript.js",
        packages: Packages {
            installer: &NPM,
            folder: "target/sdks/javascript",
            names: &["talon_one@4.3.0"],
        },
    },
    Script {
        name: "JavaScript, today",
        program: "node",
        probe: &["-e", "new (require('talon_one').IntegrationApi)().returnCartItems.call"],
        file: "crates/talon-fake/examples/sdk/javascript_today.js",
        packages: Packages {
            installer: &NPM,
            folder: "target/sdks/javascript-today",
            names: &["talon_one@5.0.1-rc"],
        },
    },
    Script {
        name: "Python, today",
        program: "python3",
        probe: &["-c", "import talon_one.api.integration_api"],
        file: "crates/talon-fake/examples/sdk/python.py",
        packages: Packages {
            installer: &PIP,
            folder: "target/sdks/python",
            names: &["talon-one-sdk==26.2"],
        },
    },
];

/// Generated requests, whose replies are checked against the official document.
const REPLIES: Script = Script {
    name: "Replies against the official document",
    program: "python3",
    probe: &["-c", "import schemathesis"],
    file: "crates/talon-fake/examples/schema/replies.py",
    packages: Packages {
        installer: &PIP,
        folder: "target/sdks/schemathesis",
        names: &[
            "schemathesis==4.32.5",
            // They decide which requests are generated.
            "hypothesis==6.170.17",
            "jsonschema-rs==0.60.3",
        ],
    },
};

impl Run for Sdks {
    fn run(&self, shell: &Shell) -> CommandResult {
        let mut missing = Vec::new();
        let mut scripts: Vec<_> = SDKS.iter().map(|script| (script, Vec::new())).collect();
        match self.document() {
            Some(document) => scripts.push((&REPLIES, vec![document.into(), SAMPLES.into()])),
            None => missing.push(format!("{} needs --document or {DOCUMENT}", REPLIES.name)),
        }
        let is_there =
            |script: &Script| script.is_installed(shell) || script.can_install(shell, self.install);
        let (there, others): (Vec<_>, Vec<_>) =
            scripts.into_iter().partition(|(script, _)| is_there(script));
        missing.extend(others.iter().map(|(script, _)| script.requirement()));
        if !there.is_empty() {
            shell.cargo(["build", "--quiet", "--bin", "talon"])?;
        }
        for (script, arguments) in there {
            if !arguments.is_empty() {
                write_samples(shell)?;
            }
            script.run(shell, arguments)?;
        }
        if missing.is_empty() {
            return Ok(Status::Passed);
        }
        Ok(Status::Skipped(missing.join("; ")))
    }
}

impl Sdks {
    /// With the document of the variable, if there is one.
    pub(crate) fn with(install: Install) -> Self {
        Self { install, document: None }
    }

    /// The official document, by an absolute path; an empty variable is none.
    fn document(&self) -> Option<PathBuf> {
        let variable = || env::var_os(DOCUMENT).filter(|path| !path.is_empty()).map(PathBuf::from);
        let document = self.document.clone().or_else(variable)?;
        Some(std::path::absolute(&document).unwrap_or(document))
    }
}

/// Writes the samples of all operations to [`SAMPLES`].
fn write_samples(shell: &Shell) -> Result<(), Failure> {
    let example = ["run", "--quiet", "-p", "talon-samples", "--example", "requests"];
    fs::write(shell.root().join(SAMPLES), shell.output("cargo", example)?)?;
    Ok(())
}

impl Script {
    /// Runs the script against a new demo world.
    fn run(&self, shell: &Shell, arguments: Vec<OsString>) -> Result<(), Failure> {
        eprintln!("{}:", self.name);
        let server = FakeServer::start(shell)?;
        let mut command = self.command(shell, &[self.file])?;
        // Nothing is written next to the scripts.
        command.args(arguments).env("PYTHONDONTWRITEBYTECODE", "1");
        command.env("HYPOTHESIS_STORAGE_DIRECTORY", shell.root().join("target/sdks/hypothesis"));
        command.env("TALON_BASE_URL", &server.url).env("TALON_API_KEY", "demo-key");
        shell.run(command)
    }

    fn is_installed(&self, shell: &Shell) -> bool {
        let probe = self.command(shell, self.probe).map(|mut command| command.output());
        probe.is_ok_and(|output| output.is_ok_and(|output| output.status.success()))
    }

    /// Installs it if that is wanted; a missing network or installer is not a failure.
    fn can_install(&self, shell: &Shell, install: Install) -> bool {
        if !install.install {
            return false;
        }
        let words = self.packages.install();
        let installed = shell.run(shell.command(words[0], words[1..].iter().copied()));
        if let Err(failure) = &installed {
            eprintln!("{failure}");
        }
        installed.is_ok() && self.is_installed(shell)
    }

    /// The interpreter, which searches the folder of `--install` first.
    fn command(&self, shell: &Shell, arguments: &[&str]) -> Result<Command, Failure> {
        let Packages { installer, folder, .. } = self.packages;
        let others = env::var_os(installer.variable);
        let others = others.iter().flat_map(env::split_paths);
        let folder = shell.root().join(format!("{folder}{}", installer.within));
        let folders = env::join_paths([folder].into_iter().chain(others));
        let mut command = shell.command(self.program, arguments.iter().copied());
        command.env(installer.variable, folders.map_err(|error| Failure::new(error.to_string()))?);
        Ok(command)
    }

    fn requirement(&self) -> String {
        let (name, program) = (self.name, self.program);
        let install = self.packages.install().join(" ");
        format!("{name} needs {program} and --install, or: {install}")
    }
}

impl Packages {
    /// The command that installs them, as words.
    fn install(&self) -> Vec<&'static str> {
        let command = self.installer.command.iter().chain([&self.folder]).chain(self.names);
        command.copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NO_SUCH: Script = Script {
        name: "COBOL, some day",
        program: "no-such-interpreter",
        probe: &["--version"],
        file: "no-such-script",
        packages: Packages {
            installer: &Installer {
                command: &["no-such-installer", "--into"],
                within: "",
                variable: "NO_SUCH_PATH",
            },
            folder: "target/sdks/cobol",
            names: &["talon"],
        },
    };

    #[test]
    fn an_sdk_that_cannot_be_installed_is_no_failure() {
        let shell = Shell::with_stdout(false);

        assert!(!NO_SUCH.is_installed(&shell));
        assert!(!NO_SUCH.can_install(&shell, Install { install: true }));
        assert_eq!(
            NO_SUCH.requirement(),
            "COBOL, some day needs no-such-interpreter and --install, or: no-such-installer --into \
             target/sdks/cobol talon"
        );
    }

    #[test]
    fn packages_are_looked_for_where_they_are_installed() {
        let shell = Shell::with_stdout(false);
        for script in SDKS.iter().chain([&REPLIES]) {
            let Packages { installer, folder, .. } = script.packages;
            let command = script.command(&shell, &[]).expect("paths");

            assert!(script.packages.install().contains(&folder), "{}", script.name);
            let set = command.get_envs().find(|(name, _)| *name == installer.variable);
            let folders = set.and_then(|(_, folders)| folders).expect("it is set");
            let first = env::split_paths(folders).next().expect("a folder");
            assert_eq!(first, shell.root().join(format!("{folder}{}", installer.within)));
        }
    }

    #[test]
    fn the_document_that_is_named_is_used() {
        let sdks = Sdks { document: Some("/official.json".into()), ..Sdks::default() };

        assert_eq!(sdks.document(), Some("/official.json".into()));
    }
}
