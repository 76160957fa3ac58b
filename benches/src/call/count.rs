//! Instructions of one call, counted by valgrind.

use std::net::SocketAddr;
use std::process::Command;

use super::BoxError;

/// Calls of the two runs whose difference is counted, so that the start of a process is not.
const FEW: u64 = 50;
const MANY: u64 = 250;

/// Counts the instructions of one call in this very program when it is run as `program WAY CALLS ADDRESS`.
///
/// # Errors
/// When there is no valgrind, or a run fails.
pub fn count(way: &str, address: SocketAddr) -> Result<u64, BoxError> {
    let few = instructions(way, FEW, address)?;
    let many = instructions(way, MANY, address)?;
    Ok(many.saturating_sub(few) / (MANY - FEW))
}

fn instructions(way: &str, calls: u64, address: SocketAddr) -> Result<u64, BoxError> {
    let run = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .args([way, &calls.to_string(), &address.to_string()])
        .output()
        .map_err(|error| format!("valgrind is needed to count instructions: {error}"))?;
    let told = String::from_utf8_lossy(&run.stderr);
    let collected = told.lines().find_map(|line| line.split_once("Collected : "));
    match collected {
        Some((_, number)) if run.status.success() => Ok(number.trim().parse()?),
        _ => Err(format!("{way} failed under valgrind:\n{told}").into()),
    }
}
