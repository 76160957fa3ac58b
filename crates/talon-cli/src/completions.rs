//! `talon completions` and `talon man`

use std::io;
use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};
use clap_complete::Shell;

use crate::{CliError, output};

const COMPLETIONS_HELP: &str = "\
Examples:
  talon completions bash > talon.bash && . ./talon.bash
  talon completions zsh > _talon
  talon completions fish > talon.fish";

const MAN_HELP: &str = "\
Examples:
  talon man > talon.1
  talon man --dir .";

pub(crate) fn completions_command() -> Command {
    Command::new("completions")
        .about("Prints completions for a shell")
        .after_help(COMPLETIONS_HELP)
        .arg(
            Arg::new("shell")
                .value_name("SHELL")
                .required(true)
                .value_parser(value_parser!(Shell))
                .help("Shell that reads them"),
        )
}

pub(crate) fn man_command() -> Command {
    Command::new("man").about("Prints the man page").after_help(MAN_HELP).arg(
        Arg::new("dir")
            .long("dir")
            .value_name("DIRECTORY")
            .value_parser(value_parser!(PathBuf))
            .help("Write a page for each command into this directory"),
    )
}

pub(crate) fn completions(matches: &ArgMatches) -> Result<(), CliError> {
    let Some(shell) = matches.get_one::<Shell>("shell") else {
        return Err(CliError::usage("no shell"));
    };
    let mut script = Vec::new();
    clap_complete::generate(*shell, &mut crate::command(), "talon", &mut script);
    output::print(&script)
}

pub(crate) fn man(matches: &ArgMatches) -> Result<(), CliError> {
    let unwritable = |error: io::Error| CliError::usage(format!("cannot write pages: {error}"));
    if let Some(directory) = matches.get_one::<PathBuf>("dir") {
        return clap_mangen::generate_to(crate::command(), directory).map_err(unwritable);
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(crate::command()).render(&mut page).map_err(unwritable)?;
    output::print(&page)
}
