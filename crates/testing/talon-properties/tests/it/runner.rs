//! Runs properties.

use std::env;
use std::fmt::Debug;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestRunner};

/// Runs `check` with `cases` values, or as many as `PROPTEST_CASES` says; it panics when the
/// property does not hold, and is then run with smaller and smaller values.
pub(crate) fn holds_for_every<S>(cases: u32, values: S, check: impl Fn(S::Value))
where
    S: Strategy<Value: Debug>,
{
    let mut config = Config { failure_persistence: None, ..Config::default() };
    if env::var_os("PROPTEST_CASES").is_none() {
        config.cases = cases;
    }
    let held = TestRunner::new(config).run(&values, |value| {
        check(value);
        Ok(())
    });
    if let Err(failure) = held {
        panic!("{failure}");
    }
}
