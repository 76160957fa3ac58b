//! A server in a process of its own, and what it uses.

use std::io::{self, BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// `talon serve`, until it is dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
    address: SocketAddr,
}

/// What a process uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Memory that is in the machine's, in bytes.
    pub resident: u64,
    /// Time on all processors, of the process and of the system for it.
    pub cpu: Duration,
}

impl Process {
    /// Starts `program serve --port 0`, and waits until it listens.
    ///
    /// # Errors
    /// When the program cannot be run, or says something else than where it listens.
    pub fn start(program: &Path) -> io::Result<Self> {
        let mut command = Command::new(program);
        let child = command.args(["serve", "--port", "0"]).stdout(Stdio::piped()).spawn()?;
        // From here on it is killed when anything goes wrong.
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

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it uses now; `None` where the system does not tell.
    pub fn usage(&self) -> Option<Usage> {
        let of = |file| std::fs::read_to_string(format!("/proc/{}/{file}", self.child.id()));
        let status = of("status").ok()?;
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        let resident: u64 = resident.trim().strip_suffix(" kB")?.parse().ok()?;
        // The name of the program, in parentheses, may have blanks.
        let stat = of("stat").ok()?;
        let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace().skip(11);
        let ticks: u64 =
            fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?;
        // A hundredth of a second is what Linux counts in, whatever its own clock does.
        Some(Usage { resident: resident * 1024, cpu: Duration::from_millis(ticks * 10) })
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It fails only when the server has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
