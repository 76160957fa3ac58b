//! What goes to stdout.

use std::io::{ErrorKind, Write as _};

use crate::Failure;

/// Prints a line at once: whoever reads a pipe may wait for it.
///
/// A reader that has seen enough, such as `head`, ends the command quietly.
pub(crate) fn line(text: &str) -> Result<(), Failure> {
    let mut stdout = std::io::stdout().lock();
    let written = writeln!(stdout, "{text}").and_then(|()| stdout.flush());
    written.map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Failure::unread(),
        _ => Failure::usage(format!("cannot write to stdout: {error}")),
    })
}
