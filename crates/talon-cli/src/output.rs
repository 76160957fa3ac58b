//! Output to stdout.

use std::io::{ErrorKind, Write as _};

use crate::CliError;

/// Prints a line and flushes, so that a reader of a pipe gets it at once.
///
/// When the reader has closed the pipe, as `head` does, the command ends without an error.
pub(crate) fn print_line(text: &str) -> Result<(), CliError> {
    print(format!("{text}\n").as_bytes())
}

/// Prints bytes as [`print_line`] does.
pub(crate) fn print(bytes: &[u8]) -> Result<(), CliError> {
    let mut stdout = std::io::stdout().lock();
    let result = stdout.write_all(bytes).and_then(|()| stdout.flush());
    result.map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => CliError::broken_pipe(),
        _ => CliError::usage(format!("cannot write to stdout: {error}")),
    })
}
