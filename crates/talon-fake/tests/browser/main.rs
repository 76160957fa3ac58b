//! The page of a served fake in headless Chromium.
//!
//! Without the programs the tests are skipped, and their lines say so.

use std::process::ExitCode;

use libtest_mimic::{Arguments, Completion, Failed, Trial};

mod cases;
mod controls;
mod driver;
mod looks;
mod tab;

use driver::{Driver, find_programs};
use tab::Tab;

/// A test, in a tab of its own.
type Case = (&'static str, fn(Tab) -> tab::Run);

fn main() -> ExitCode {
    // It fails when there is one already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let cases = cases::CASES.iter().chain(controls::CASES).chain(looks::CASES);
    let trials = cases.map(|(name, case)| Trial::ignorable_test(*name, move || run(*case)));
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

fn run(case: fn(Tab) -> tab::Run) -> Result<Completion, Failed> {
    let programs = match find_programs() {
        Ok(programs) => programs,
        Err(missing) => {
            // The summary of the tests shows no reasons for what it ignores.
            eprintln!("SKIPPED: {missing}");
            return Ok(Completion::ignored_with(missing));
        }
    };
    let driver = Driver::start(&programs)?;
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let tab = Tab::open(&driver, &programs).await?;
        let browser = tab.browser.clone();
        let result = case(tab).await;
        // Also after a failure, so that no browser is left.
        browser.quit().await?;
        result
    })?;
    Ok(Completion::Completed)
}
