//! The program that counts instructions.

use std::process::Command;

use crate::infra::failure::Failure;
use crate::infra::shell::Shell;

const PACKAGE: &str = "valgrind";
const HINT: &str = "valgrind is not installed; run: apt-get install valgrind";

/// Finds valgrind, or installs it where that is wanted and possible.
///
/// The error is the reason to skip the counts.
pub(super) fn find(shell: &Shell, install: bool) -> Result<(), String> {
    if is_there() {
        return Ok(());
    }
    if install && is_root(shell) {
        // A new machine has no list of packages.
        let update = shell.run(shell.command("apt-get", ["update", "--quiet"]));
        let package = ["install", "--yes", "--quiet", "--no-install-recommends", PACKAGE];
        let installed = update.and_then(|()| shell.run(shell.command("apt-get", package)));
        if installed.is_ok() && is_there() {
            return Ok(());
        }
    }
    Err(HINT.to_owned())
}

/// Programs that counts depend on: compiler, C library, valgrind.
pub(super) fn toolchain(shell: &Shell) -> Result<String, Failure> {
    let first = |program, argument| {
        let printed = shell.output(program, [argument])?;
        let printed = String::from_utf8_lossy(&printed);
        Ok::<_, Failure>(printed.lines().next().unwrap_or_default().trim().to_owned())
    };
    let (rustc, valgrind) = (first("rustc", "--version")?, first("valgrind", "--version")?);
    let libc = first("getconf", "GNU_LIBC_VERSION")?;
    Ok(format!("{rustc}, {libc}, {valgrind}"))
}

fn is_there() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok_and(|it| it.status.success())
}

fn is_root(shell: &Shell) -> bool {
    shell.output("id", ["-u"]).is_ok_and(|id| id.trim_ascii() == b"0")
}
