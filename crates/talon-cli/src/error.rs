//! Errors of the command, with their exit statuses.

use std::process::ExitCode;

use talon_core::{Error, ErrorKind};

/// A message for stderr and an exit status.
#[derive(Debug)]
pub(crate) struct CliError {
    message: Option<String>,
    status: u8,
}

impl CliError {
    /// Invalid usage, file or configuration: status 2.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self { message: Some(message.into()), status: 2 }
    }

    /// The service refused the call or could not be reached: status 1.
    pub(crate) fn call(message: impl Into<String>) -> Self {
        Self { message: Some(message.into()), status: 1 }
    }

    /// The command of `talon exec` cannot be started: the status that a shell has for it.
    pub(crate) fn spawn(message: impl Into<String>, status: u8) -> Self {
        Self { message: Some(message.into()), status }
    }

    /// The arguments or the content of a file do not fit: status 2.
    pub(crate) fn invalid(file: &str, error: &Error) -> Self {
        let Some(invalid) = error.api() else {
            return Self::usage(format!("{file}: {}", with_causes(error)));
        };
        let lines = invalid.problems().iter().filter_map(|problem| {
            let details = problem.details.as_deref()?;
            let is_in_body = problem.source.pointer.is_some();
            Some(if is_in_body { format!("{file}: {details}") } else { details.to_owned() })
        });
        Self::usage(lines.collect::<Vec<_>>().join("; "))
    }

    /// The reader of stdout is gone, such as `head`: no message and status 0.
    pub(crate) fn broken_pipe() -> Self {
        Self { message: None, status: 0 }
    }

    /// Has `print` print the message, and keeps the status.
    pub(crate) fn printed_by(self, print: impl FnOnce(&str)) -> Self {
        if let Some(message) = &self.message {
            print(message);
        }
        Self { message: None, ..self }
    }

    pub(crate) fn report(self) -> ExitCode {
        if let Some(message) = self.message {
            eprintln!("talon: {message}");
        }
        ExitCode::from(self.status)
    }
}

impl From<Error> for CliError {
    fn from(error: Error) -> Self {
        let message = with_causes(&error);
        match error.kind() {
            ErrorKind::Config | ErrorKind::Encode => Self::usage(message),
            _ => Self::call(message),
        }
    }
}

/// The message of the error and those of its causes.
fn with_causes(error: &Error) -> String {
    let mut message = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(next) = cause {
        message.push_str(": ");
        message.push_str(&next.to_string());
        cause = next.source();
    }
    message
}
