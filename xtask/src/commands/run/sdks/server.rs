//! The served fake.

use std::env;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Stdio};

use crate::infra::failure::Failure;
use crate::infra::shell::Shell;

/// A process that serves a new demo world on a free port; ended when dropped.
pub(super) struct FakeServer {
    process: Child,
    pub(super) url: String,
}

impl FakeServer {
    pub(super) fn start(shell: &Shell) -> Result<Self, Failure> {
        let target = env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
        let talon = shell.root().join(target).join("debug/talon");
        let mut command =
            shell.command(&talon.to_string_lossy(), ["serve", "--port", "0", "--quiet"]);
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
