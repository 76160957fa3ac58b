//! A test of each case, against each implementation.

use std::process::ExitCode;

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use tokio::runtime::Builder;

use crate::{Case, Implementation, Outcome, suite};

/// Runs the suite as the tests of a binary without the harness of the standard library: each case is a
/// test of its own, named `implementation::noun::module::case`, and one that needs what an
/// implementation lacks is reported as ignored.
///
/// ```no_run
/// use talon_conformance::{Implementation, World, run_suite};
/// use talon_fake::Fake;
///
/// # use std::process::ExitCode;
/// fn main() -> ExitCode {
///     run_suite([Implementation::new("direct", |seed| async {
///         let fake = Fake::new(seed).expect("the seed is valid");
///         World::new(fake.api()).with_fake(fake)
///     })])
/// }
/// ```
pub fn run_suite(implementations: impl IntoIterator<Item = Implementation>) -> ExitCode {
    let trials = implementations
        .into_iter()
        .flat_map(|implementation| suite().map(move |case| trial(implementation, case)));
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

fn trial(implementation: Implementation, case: &'static Case) -> Trial {
    let name = format!("{}::{case}", implementation.name);
    Trial::ignorable_test(name, move || {
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        match runtime.block_on(case.run(implementation)) {
            Outcome::Passed => Ok(Completion::Completed),
            Outcome::Skipped(missing) => {
                Ok(Completion::ignored_with(format!("{} has no {missing}", implementation.name)))
            }
            Outcome::Failed(message) => Err(Failed::from(message)),
        }
    })
}
