//! What ends the command early, and with which exit status.

use std::process::ExitCode;

use talon_core::{Error, ErrorKind};

/// A message for stderr and an exit status.
#[derive(Debug)]
pub(crate) struct Failure {
    message: Option<String>,
    status: u8,
}

impl Failure {
    /// Wrong usage, file or configuration.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self { message: Some(message.into()), status: 2 }
    }

    /// The service refused, or could not be reached.
    pub(crate) fn call(message: impl Into<String>) -> Self {
        Self { message: Some(message.into()), status: 1 }
    }

    /// Nobody reads the results any more; that is no error.
    pub(crate) fn unread() -> Self {
        Self { message: None, status: 0 }
    }

    pub(crate) fn report(self) -> ExitCode {
        if let Some(message) = self.message {
            eprintln!("talon: {message}");
        }
        ExitCode::from(self.status)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let mut message = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(next) = cause {
            message.push_str(": ");
            message.push_str(&next.to_string());
            cause = next.source();
        }
        match error.kind() {
            ErrorKind::Config | ErrorKind::Encode => Self::usage(message),
            _ => Self::call(message),
        }
    }
}
