//! The steps of CI.

use std::sync::LazyLock;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use super::{
    advisories, clippy, deny, doc, features, format, minimal_versions, msrv, spelling, tidy, unused,
};
use crate::commands::fuzz;
use crate::commands::measure::bench;
use crate::commands::run::{sdks, test};
use crate::infra::failure::{Done, Failure};
use crate::infra::shell::Shell;
use crate::infra::tool::Install;

/// In the order they run: what is quick comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Step {
    /// rustfmt, as a check
    Fmt,
    /// Our own promises
    Tidy,
    /// Spelling, also of identifiers
    Spelling,
    /// Dependencies that nothing uses
    Unused,
    /// The Rust version of dependencies
    Msrv,
    /// Licences, bans and sources of dependencies
    Deny,
    /// Known weaknesses of dependencies, where the database is reachable
    Advisories,
    /// clippy, warnings being errors
    Clippy,
    /// rustdoc, warnings being errors
    Doc,
    /// Each crate by itself, in each selection of features
    Features,
    /// The oldest dependencies that the manifests allow
    MinimalVersions,
    /// Fuzz targets compile
    FuzzCheck,
    /// Instructions and allocations against benches/baseline.json
    BenchCounts,
    /// The official SDKs against the served fake
    Sdks,
    /// `cargo test --workspace`
    Test,
}

impl Step {
    /// What looks at code without running it.
    pub(crate) const LINT: &[Self] =
        &[Self::Fmt, Self::Spelling, Self::Unused, Self::Deny, Self::Clippy, Self::Doc];

    pub(crate) fn run(self, shell: &Shell, install: Install) -> Result<Done, Failure> {
        match self {
            Self::Fmt => format::Format::CHECK.run(shell),
            Self::Tidy => tidy::Tidy::default().run(shell),
            Self::Spelling => spelling::Spelling::check(install).run(shell),
            Self::Unused => unused::Unused { install }.run(shell),
            Self::Msrv => msrv::Msrv::default().run(shell),
            Self::Deny => deny::Deny { install }.run(shell),
            Self::Advisories => advisories::Advisories { install }.run(shell),
            Self::Clippy => clippy::Clippy::CHECK.run(shell),
            Self::Doc => doc::Doc::STRICT.run(shell),
            Self::Features => features::Features::default().run(shell),
            // Another toolchain is more than a check may bring without being asked for it by name.
            Self::MinimalVersions => minimal_versions::MinimalVersions::default().run(shell),
            Self::FuzzCheck => fuzz::check(shell),
            Self::BenchCounts => bench::Bench::checking(install.install).run(shell),
            Self::Sdks => sdks::Sdks { install }.run(shell),
            Self::Test => test::Test::default().run(shell),
        }
    }

    /// As the command line names it.
    pub(crate) fn name(self) -> String {
        self.to_possible_value().expect("no step is hidden").get_name().to_owned()
    }
}

/// What a person may ask for: a step, or several by one name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Choice {
    Lint,
    Step(Step),
}

impl Choice {
    pub(crate) fn contains(self, step: Step) -> bool {
        match self {
            Self::Lint => Step::LINT.contains(&step),
            Self::Step(chosen) => chosen == step,
        }
    }
}

static CHOICES: LazyLock<Vec<Choice>> = LazyLock::new(|| {
    let steps = Step::value_variants().iter().copied().map(Choice::Step);
    steps.chain([Choice::Lint]).collect()
});

impl ValueEnum for Choice {
    fn value_variants<'a>() -> &'a [Self] {
        &CHOICES
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::Lint => {
                let names: Vec<String> = Step::LINT.iter().map(|step| step.name()).collect();
                Some(PossibleValue::new("lint").help(names.join(", ")))
            }
            Self::Step(step) => step.to_possible_value(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lint_names_its_steps_and_no_others() {
        let lint = Choice::from_str("lint", false).unwrap();
        let steps = Step::value_variants().iter().filter(|step| lint.contains(**step));

        assert_eq!(steps.count(), Step::LINT.len());
        assert!(!lint.contains(Step::Test));
    }

    #[test]
    fn a_step_is_chosen_by_its_name() {
        let choice = Choice::from_str("fuzz-check", false).unwrap();

        assert!(choice.contains(Step::FuzzCheck) && !choice.contains(Step::Fmt));
        assert!(Choice::from_str("fuzz", false).is_err());
    }
}
