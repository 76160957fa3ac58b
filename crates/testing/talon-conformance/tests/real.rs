//! The suite in front of a service that the environment names: `TALON_BASE_URL` and `TALON_API_KEY`.
//!
//! Nothing is changed there unless `TALON_WRITE` is `1`.

use std::env;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use talon_client::ClientConfig;
use talon_conformance::{Access, compare, implementations, remote};
use tokio::runtime::Runtime;

const URL: &str = "TALON_BASE_URL";
const WRITE: &str = "TALON_WRITE";

fn main() -> ExitCode {
    let trial = Trial::ignorable_test("the_service_does_what_the_fake_does", run);
    libtest_mimic::run(&Arguments::from_args(), vec![trial]).exit_code()
}

fn run() -> Result<Completion, Failed> {
    if env::var_os(URL).is_none() {
        return Ok(Completion::ignored_with(format!("{URL} is not set")));
    }
    let access = access(env::var(WRITE).ok().as_deref())?;
    let service = remote(ClientConfig::from_env()?, access)?;
    let report = Runtime::new()?.block_on(compare(implementations::loopback(), service));
    println!("\n{report}");
    match report.differences.len() {
        0 => Ok(Completion::Completed),
        differences => Err(format!("{differences} cases differ").into()),
    }
}

fn access(write: Option<&str>) -> Result<Access, Failed> {
    match write {
        None | Some("" | "0") => Ok(Access::ReadOnly),
        Some("1") => Ok(Access::Write),
        Some(other) => Err(format!("{WRITE} is {other:?}, neither 0 nor 1").into()),
    }
}
