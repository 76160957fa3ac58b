//! The commands, in groups. The list at the end declares each command once.

use clap::Subcommand;

use crate::infra::failure::CommandResult;
use crate::infra::shell::Shell;

pub(crate) mod check;
pub(crate) mod fuzz;
pub(crate) mod measure;
pub(crate) mod run;

/// A command with its options.
pub(crate) trait Run {
    fn run(&self, shell: &Shell) -> CommandResult;

    /// Whether standard output contains only the result, such as JSON for another program.
    fn owns_stdout(&self) -> bool {
        false
    }
}

macro_rules! commands {
    ($($name:ident($command:path);)+) => {
        /// A command of the command line.
        #[derive(Subcommand)]
        pub(crate) enum Command {
            $($name($command),)+
        }

        impl Command {
            pub(crate) fn run(&self) -> CommandResult {
                match self {
                    $(Self::$name(command) => {
                        command.run(&Shell::with_stdout(command.owns_stdout()))
                    })+
                }
            }
        }
    };
}

commands! {
    Ci(check::ci::Ci);
    Lint(check::lint::Lint);
    Fmt(check::format::Format);
    Tidy(check::tidy::Tidy);
    Spelling(check::spelling::Spelling);
    Unused(check::unused::Unused);
    Msrv(check::msrv::Msrv);
    Deny(check::deny::Deny);
    Advisories(check::advisories::Advisories);
    Clippy(check::clippy::Clippy);
    Doc(check::doc::Doc);
    Features(check::features::Features);
    MinimalVersions(check::minimal_versions::MinimalVersions);
    Sdks(run::sdks::Sdks);
    SerdeJsonFeatures(run::serde_json_features::SerdeJsonFeatures);
    Test(run::test::Test);
    Image(run::image::Image);
    Fuzz(fuzz::Fuzz);
    Bench(measure::bench::Bench);
    Coverage(measure::coverage::Coverage);
    Mutants(measure::mutants::Mutants);
    Semver(measure::semver::Semver);
    Soak(run::soak::Soak);
    Load(run::load::Load);
    Loc(measure::loc::Loc);
}
