//! `talon man`

use std::io;
use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};

use crate::{CliError, output};

const AFTER_HELP: &str = "\
Examples:
  talon man > talon.1
  talon man --dir .";

pub(crate) fn command() -> Command {
    Command::new("man").about("Prints the man page").after_help(AFTER_HELP).arg(
        Arg::new("dir")
            .long("dir")
            .value_name("DIRECTORY")
            .value_parser(value_parser!(PathBuf))
            .help("Write a page for each command into this directory"),
    )
}

pub(crate) fn run(matches: &ArgMatches) -> Result<(), CliError> {
    let unwritable = |error: io::Error| CliError::usage(format!("cannot write pages: {error}"));
    if let Some(directory) = matches.get_one::<PathBuf>("dir") {
        return clap_mangen::generate_to(crate::command(), directory).map_err(unwritable);
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(crate::command()).render(&mut page).map_err(unwritable)?;
    output::print(&page)
}
