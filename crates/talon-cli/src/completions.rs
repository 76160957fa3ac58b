//! `talon completions`

use clap::{Arg, ArgMatches, Command, value_parser};
use clap_complete::Shell;

use crate::{CliError, output};

const AFTER_HELP: &str = "\
Examples:
  talon completions bash > talon.bash && . ./talon.bash
  talon completions zsh > _talon
  talon completions fish > talon.fish";

pub(crate) fn command() -> Command {
    Command::new("completions").about("Prints completions for a shell").after_help(AFTER_HELP).arg(
        Arg::new("shell")
            .value_name("SHELL")
            .required(true)
            .value_parser(value_parser!(Shell))
            .help("Shell that reads them"),
    )
}

pub(crate) fn run(matches: &ArgMatches) -> Result<(), CliError> {
    let Some(shell) = matches.get_one::<Shell>("shell") else {
        return Err(CliError::usage("no shell"));
    };
    let mut script = Vec::new();
    clap_complete::generate(*shell, &mut crate::command(), "talon", &mut script);
    output::print(&script)
}
