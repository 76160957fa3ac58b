//! `cargo xtask ci`

use clap::ValueEnum;

use crate::commands::check::report::run_all;
use crate::commands::check::step::{Choice, Step};
use crate::infra::failure::{Done, Failure};
use crate::infra::tool::Install;

/// All that CI runs: every step, or those named
///
/// A failed step does not keep the others from running; the table at the end says which failed and
/// how long each took. A step that cannot run here is skipped, and the table says why.
#[derive(clap::Args)]
pub(crate) struct Ci {
    /// Steps to run; all when none is named
    #[arg(value_name = "STEP")]
    steps: Vec<Choice>,
    /// Step to leave out; may be repeated
    #[arg(long, value_name = "STEP")]
    skip: Vec<Choice>,
    #[command(flatten)]
    install: Install,
    /// Print the table as JSON; all other output goes to standard error
    #[arg(long)]
    json: bool,
}

impl Ci {
    pub(crate) fn run(&self) -> Result<Done, Failure> {
        run_all(&self.selected(), self.install, self.json)
    }

    fn selected(&self) -> Vec<Step> {
        let names = |choices: &[Choice], step| choices.iter().any(|it| it.contains(step));
        let is_wanted = |step| self.steps.is_empty() || names(&self.steps, step);
        let all = Step::value_variants().iter().copied();
        all.filter(|step| is_wanted(*step) && !names(&self.skip, *step)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser as _;

    #[derive(clap::Parser)]
    struct Line {
        #[command(flatten)]
        ci: Ci,
    }

    fn selected(line: &str) -> Vec<Step> {
        Line::parse_from(["ci"].into_iter().chain(line.split_whitespace())).ci.selected()
    }

    #[test]
    fn without_names_every_step_runs_once() {
        assert_eq!(selected(""), Step::value_variants());
    }

    #[test]
    fn named_steps_run_in_our_order_without_those_to_skip() {
        assert_eq!(selected("test tidy"), [Step::Tidy, Step::Test]);
        assert_eq!(selected("lint tidy --skip doc --skip clippy").len(), Step::LINT.len() - 1);
        assert_eq!(selected("doc --skip lint"), []);
    }
}
