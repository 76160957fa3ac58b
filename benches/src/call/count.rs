//! Counts the instructions of one call with valgrind.

use std::net::SocketAddr;
use std::process::Command;

use super::BoxError;

/// Calls of two runs. Their difference leaves out the start of the process.
const FEW: u64 = 50;
const MANY: u64 = 250;

/// Counts the instructions of one call of this program, run as `program CLIENT CALLS ADDRESS`.
///
/// # Errors
/// When valgrind is missing or a run fails.
pub fn count(client: &str, address: SocketAddr) -> Result<u64, BoxError> {
    let few = instructions(client, FEW, address)?;
    let many = instructions(client, MANY, address)?;
    Ok(many.saturating_sub(few) / (MANY - FEW))
}

fn instructions(client: &str, calls: u64, address: SocketAddr) -> Result<u64, BoxError> {
    let run = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .args([client, &calls.to_string(), &address.to_string()])
        .output()
        .map_err(|error| format!("valgrind is needed to count instructions: {error}"))?;
    let stderr = String::from_utf8_lossy(&run.stderr);
    let collected = stderr.lines().find_map(|line| line.split_once("Collected : "));
    match collected {
        Some((_, number)) if run.status.success() => Ok(number.trim().parse()?),
        _ => Err(format!("{client} failed under valgrind:\n{stderr}").into()),
    }
}
