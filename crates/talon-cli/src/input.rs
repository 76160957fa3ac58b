//! Input files; `-` is standard input.

use std::io::{self, Read as _};

use talon_core::document::Document;

use crate::CliError;

/// Name of standard input on the command line.
pub(crate) const STDIN: &str = "-";

/// Help of an argument that names a JSON file.
pub(crate) const HELP: &str = "JSON file; - reads standard input";

/// Reads a file or standard input as UTF-8.
pub(crate) fn read(file: &str) -> Result<String, CliError> {
    let bytes = if file == STDIN {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(file)
    };
    let name = name(file);
    let bytes = bytes.map_err(|error| CliError::usage(format!("cannot read {name}: {error}")))?;
    String::from_utf8(bytes).map_err(|error| {
        let is_utf16 = matches!(error.as_bytes(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
        let what = if is_utf16 { "is UTF-16" } else { "is not UTF-8" };
        CliError::usage(format!("cannot read {name}: it {what}; save it as UTF-8"))
    })
}

/// Name of the file in messages.
pub(crate) fn name(file: &str) -> &str {
    if file == STDIN { "standard input" } else { file }
}

/// Parses the content of the file with this name.
pub(crate) fn document<'t>(name: &str, text: &'t str) -> Result<Document<'t>, CliError> {
    Document::parse(text).map_err(|error| CliError::usage(format!("{name}: {error}")))
}
