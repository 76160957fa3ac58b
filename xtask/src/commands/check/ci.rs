//! `cargo xtask ci`

use crate::commands::Run;
use crate::commands::check::report::run_all;
use crate::commands::check::step::{Choice, STEPS, Step};
use crate::infra::failure::CommandResult;
use crate::infra::shell::Shell;
use crate::infra::tool::Install;

/// All steps of CI, or those named
///
/// After a failed step the others still run. The table at the end shows result and duration of each
/// step. A step that cannot run on this machine is skipped; the table says why.
#[derive(clap::Args)]
pub(crate) struct Ci {
    /// Steps to run; all when none is named
    #[arg(value_name = "STEP", value_parser = Choice::parser())]
    steps: Vec<Choice>,
    /// Step to leave out; may be repeated
    #[arg(long, value_name = "STEP", value_parser = Choice::parser())]
    skip: Vec<Choice>,
    #[command(flatten)]
    install: Install,
    /// Print the table as JSON; all other output goes to standard error
    #[arg(long)]
    json: bool,
}

impl Ci {
    fn selected(&self) -> Vec<&'static Step> {
        let names = |choices: &[Choice], step: &Step| choices.iter().any(|it| it.contains(step));
        let is_wanted = |step: &Step| self.steps.is_empty() || names(&self.steps, step);
        STEPS.iter().filter(|step| is_wanted(step) && !names(&self.skip, step)).collect()
    }
}

impl Run for Ci {
    fn run(&self, shell: &Shell) -> CommandResult {
        run_all(shell, &self.selected(), self.install, self.json)
    }

    fn owns_stdout(&self) -> bool {
        self.json
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::commands::check::step::lints;

    #[derive(clap::Parser)]
    struct Line {
        #[command(flatten)]
        ci: Ci,
    }

    fn selected(line: &str) -> Vec<&'static str> {
        let line = Line::parse_from(["ci"].into_iter().chain(line.split_whitespace()));
        line.ci.selected().iter().map(|step| step.name).collect()
    }

    #[test]
    fn without_names_every_step_runs_once() {
        assert_eq!(selected("").len(), STEPS.len());
    }

    #[test]
    fn named_steps_run_in_our_order_without_those_to_skip() {
        assert_eq!(selected("test tidy"), ["tidy", "test"]);
        assert_eq!(selected("lint tidy --skip doc --skip clippy").len(), lints().len() - 1);
        assert_eq!(selected("doc --skip lint"), [""; 0]);
    }

    #[test]
    fn an_unknown_step_is_refused() {
        assert!(Line::try_parse_from(["ci", "fuzz"]).is_err());
    }
}
