//! Files that people give, and standard input, which is `-`.

use std::io::{self, Read as _};

use crate::Failure;

/// Name of standard input on the command line.
pub(crate) const STDIN: &str = "-";

/// Text of a file, or of standard input.
pub(crate) fn read(file: &str) -> Result<String, Failure> {
    let bytes = if file == STDIN {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(file)
    };
    let name = name(file);
    let bytes = bytes.map_err(|error| Failure::usage(format!("cannot read {name}: {error}")))?;
    String::from_utf8(bytes).map_err(|error| {
        let is_utf16 = matches!(error.as_bytes(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
        let what = if is_utf16 { "is UTF-16" } else { "is no UTF-8" };
        Failure::usage(format!("cannot read {name}: it {what}; save it as UTF-8"))
    })
}

/// What to call it in messages.
pub(crate) fn name(file: &str) -> &str {
    if file == STDIN { "standard input" } else { file }
}
