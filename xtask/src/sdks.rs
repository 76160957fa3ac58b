//! `cargo xtask sdks`

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};

use crate::failure::{Done, Failure};
use crate::shell::Shell;

/// The official SDKs against the served fake, those whose interpreter and package are there
///
/// Needs `npm install talon_one@4.3.0` where node finds it, and `pip install talon-one-sdk`.
#[derive(clap::Args)]
pub(crate) struct Sdks {}

/// How an SDK is found and run.
struct Sdk {
    name: &'static str,
    program: &'static str,
    /// Succeeds when interpreter and package are there.
    probe: [&'static str; 2],
    script: &'static str,
    install: &'static str,
}

const SDKS: [Sdk; 2] = [
    Sdk {
        name: "JavaScript, 2020",
        program: "node",
        probe: ["-e", "require('talon_one')"],
        script: "crates/talon-fake/examples/sdk/javascript.js",
        install: "npm install talon_one@4.3.0",
    },
    Sdk {
        name: "Python, today",
        program: "python3",
        probe: ["-c", "import talon_one.api.integration_api"],
        script: "crates/talon-fake/examples/sdk/python.py",
        install: "pip install talon-one-sdk",
    },
];

impl Sdks {
    pub(crate) fn run(shell: &Shell) -> Result<Done, Failure> {
        let (there, missing): (Vec<_>, Vec<_>) =
            SDKS.iter().partition(|sdk| shell.output(sdk.program, sdk.probe).is_ok());
        for sdk in &missing {
            eprintln!("SKIPPED: {}: {}", sdk.name, sdk.install);
        }
        if there.is_empty() {
            return Ok(Done::Skipped("no official SDK is installed".to_owned()));
        }
        shell.cargo(["build", "--quiet", "--bin", "talon"])?;
        for sdk in there {
            eprintln!("{}:", sdk.name);
            let served = Served::start(shell)?;
            let mut command = shell.command(sdk.program, [sdk.script]);
            command.env("TALON_BASE_URL", &served.url).env("TALON_API_KEY", "demo-key");
            shell.run(command)?;
        }
        Ok(Done::Passed)
    }
}

/// A fresh demo world on a free port, until it is dropped.
struct Served {
    process: Child,
    url: String,
}

impl Served {
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

impl Drop for Served {
    fn drop(&mut self) {
        // Ended already, or to be ended now; either is fine.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
