//! A server process, and its memory and processor time.

use std::io::{self, BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A process that serves, such as `talon serve`, killed when it is dropped.
#[derive(Debug)]
pub struct ServerProcess {
    child: Child,
    address: SocketAddr,
}

/// Memory and processor time of a process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ResourceUsage {
    /// Resident memory in bytes.
    pub resident: u64,
    /// Processor time, user and system, on all processors.
    pub cpu: Duration,
}

impl ServerProcess {
    /// Starts `program` with these arguments, and waits until it prints
    /// `listening on http://ADDRESS`.
    ///
    /// # Errors
    /// When the program cannot be started, or its first line is not the address it listens on.
    pub fn start(program: &Path, arguments: &[&str]) -> io::Result<Self> {
        let mut command = Command::new(program);
        let child = command.args(arguments).stdout(Stdio::piped()).spawn()?;
        // Dropping it on an error kills the child.
        let mut process = Self { child, address: SocketAddr::from(([127, 0, 0, 1], 0)) };
        let mut line = String::new();
        if let Some(stdout) = process.child.stdout.take() {
            BufReader::new(stdout).read_line(&mut line)?;
        }
        let address = line.trim().strip_prefix("listening on http://");
        let address = address.and_then(|address| address.parse().ok());
        let silent = || io::Error::other(format!("the server does not listen: {line:?}"));
        process.address = address.ok_or_else(silent)?;
        Ok(process)
    }

    /// Address that it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Current usage, from `/proc`; `None` on systems without it.
    pub fn usage(&self) -> Option<ResourceUsage> {
        let of = |file| std::fs::read_to_string(format!("/proc/{}/{file}", self.child.id()));
        let status = of("status").ok()?;
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let resident: u64 = resident.trim().strip_suffix(" kB")?.parse().ok()?;
        // The name of the program, in parentheses, may contain blanks.
        let stat = of("stat").ok()?;
        let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace().skip(11);
        let ticks: u64 =
            fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
        // Linux reports these times in hundredths of a second.
        Some(ResourceUsage { resident: resident * 1024, cpu: Duration::from_millis(ticks * 10) })
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        // It fails when the server has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
