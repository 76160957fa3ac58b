//! Calls of a fake, and assertions whose messages list the calls that were made.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::{Value, json};
use talon_core::Operation;

use super::Fake;
use crate::control::calls::{
    AnyCallRecord, CallData, CallLog, CallRecord, EncodedReply, HttpDetails, LogEntry,
};
use crate::control::differences;

/// How many calls a message lists.
const MAX_LISTED: usize = 10;

/// For the modules of this crate.
impl Fake {
    /// Records a call; its number.
    pub(crate) fn record(&self, entry: LogEntry) -> u64 {
        // The lock is released first, see `CallLog::record`.
        let (number, forgotten) = self.log().record(entry);
        drop(forgotten);
        number
    }

    /// Adds to a recorded call what it has over HTTP.
    pub(crate) fn record_http(
        &self,
        number: u64,
        http: HttpDetails,
        reply: Option<EncodedReply>,
        bytes: usize,
    ) {
        let forgotten = self.log().set_http(number, http, reply, bytes);
        drop(forgotten);
    }
}

/// Recorded calls, and assertions about them.
impl Fake {
    /// All calls of `O`, oldest first, including dry runs and calls that were refused.
    ///
    /// ```
    /// # use talon_core::prelude::*;
    /// use talon_fake::{Fake, World};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let talon = Fake::new(World::new())?;
    /// let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
    /// talon.update_customer_profile_v2(request).await?;
    ///
    /// let calls = talon.calls::<UpdateCustomerProfileV2>();
    /// assert_eq!(calls.len(), 1);
    /// assert_eq!(calls[0].request.profile_id, "anna");
    /// assert!(calls[0].reply().is_some());
    /// # Ok(())
    /// # }
    /// ```
    pub fn calls<O: Operation>(&self) -> Vec<CallRecord<O>>
    where
        O::Reply: Clone,
    {
        let log = self.log().clone();
        log.of::<O>().map(|(number, made)| CallRecord::new(number, &made)).collect()
    }

    /// Calls of all operations and requests over HTTP that match none, oldest first.
    pub fn all_calls(&self) -> Vec<AnyCallRecord> {
        let log = self.log().clone();
        log.all()
    }

    /// Calls after the one with a number, and the number of all calls that are no longer kept.
    #[cfg(feature = "serve")]
    pub(crate) fn calls_after(&self, number: u64) -> (Vec<AnyCallRecord>, u64) {
        let log = self.log().clone();
        (log.after(number), log.forgotten())
    }

    /// Requests over HTTP that match no operation.
    pub fn unmatched_calls(&self) -> Vec<AnyCallRecord> {
        self.all_calls().into_iter().filter(|call| call.operation.is_none()).collect()
    }

    /// Number of calls that are no longer kept. Assertions of a number of calls count them.
    pub fn forgotten_calls(&self) -> u64 {
        self.log().forgotten()
    }

    /// Sets how many calls are kept; the oldest are dropped first. By default 10 000, and of calls
    /// over HTTP at most as many as have 64 MiB of bodies together.
    pub fn keep_calls(&self, calls: usize) {
        self.log().set_max_calls(calls);
    }

    /// Removes all calls; the next one has the number 1.
    pub fn clear_calls(&self) {
        self.log().clear();
    }

    /// Asserts that `matches` is true for the request of some call of `O`.
    ///
    /// ```should_panic
    /// # use talon_core::prelude::*;
    /// # let talon = talon_fake::Fake::new(talon_fake::World::new()).expect("a world");
    /// talon.assert_called::<DeleteCustomerData>(|request| request.profile_id == "anna");
    /// ```
    ///
    /// # Panics
    /// When there is none; the message shows the last call of `O`, or the calls that were made.
    #[track_caller]
    pub fn assert_called<O: Operation>(&self, matches: impl Fn(&O) -> bool) {
        let log = self.log().clone();
        if log.of::<O>().any(|(_, call)| matches(&call.request)) {
            return;
        }
        let near = log.of::<O>().last().map(|(number, call)| {
            let body = request_json(&*call.request)["body"].take();
            let path = method_and_path(&*call.request);
            format!("nearest miss: the last one, call {number}: {path}\n  {body}")
        });
        let message = missing::<O>("that fits", near, &log);
        panic!("{message}");
    }

    /// Asserts that some call has exactly this request.
    ///
    /// ```
    /// # use talon_core::prelude::*;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let talon = talon_fake::Fake::new(talon_fake::World::new())?;
    /// let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
    /// talon.update_customer_profile_v2(request.clone()).await?;
    ///
    /// talon.assert_called_with(&request);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    /// When there is none; the message lists the differences to the most similar request.
    #[track_caller]
    pub fn assert_called_with<O: Operation>(&self, expected: &O) {
        let log = self.log().clone();
        if log.of::<O>().any(|(_, call)| *call.request == *expected) {
            return;
        }
        let near = nearest(expected, log.of::<O>());
        let message = missing::<O>("with this request", near, &log);
        panic!("{message}");
    }

    /// Asserts the number of calls of `O`, including dry runs and calls that were refused.
    ///
    /// # Panics
    /// When the number is another; the message lists the calls that were made.
    #[track_caller]
    pub fn assert_called_times<O: Operation>(&self, times: usize) {
        let log = self.log().clone();
        let count = log.count(Some(O::INFO.id));
        if count == u64::try_from(times).unwrap_or(u64::MAX) {
            return;
        }
        let times = call_count(times);
        let message = format!("expected {times} of {}, got {count}", O::INFO.id);
        panic!("{message}{}", listed(&log.all(), log.forgotten()));
    }

    /// Asserts that `O` was not called.
    ///
    /// # Panics
    /// When it was called; the message lists the calls that were made.
    #[track_caller]
    pub fn assert_not_called<O: Operation>(&self) {
        self.assert_called_times::<O>(0);
    }

    /// Asserts that every request over HTTP matched an operation.
    ///
    /// # Panics
    /// When some did not; the message lists them.
    #[track_caller]
    pub fn assert_all_matched(&self) {
        let log = self.log().clone();
        let (count, mut unmatched) = (log.count(None), log.all());
        unmatched.retain(|call| call.operation.is_none());
        let forgotten = count.saturating_sub(u64::try_from(unmatched.len()).unwrap_or(u64::MAX));
        let listed = || listed(&unmatched, forgotten);
        assert!(count == 0, "requests that match no operation: {count}{}", listed());
    }
}

impl Fake {
    /// Asserts that no request over HTTP had members that its operation does not have, such as
    /// misspelt ones, which the service ignores. Calls that are no longer kept are not looked at.
    ///
    /// # Panics
    /// When some had; the message lists them.
    #[track_caller]
    pub fn assert_no_unknown_members(&self) {
        let mut calls = self.all_calls();
        calls.retain(|call| !call.unknown_members.is_empty());
        let listed = || listed(&calls, 0);
        assert!(calls.is_empty(), "requests with unknown members: {}{}", calls.len(), listed());
    }
}

fn missing<O: Operation>(how: &str, near: Option<String>, log: &CallLog) -> String {
    let mut message = format!("expected a call of {} {how}, ", O::INFO.id);
    // A write to a string cannot fail, here and below.
    let _ = match (near, log.of::<O>().count(), log.count(Some(O::INFO.id))) {
        (Some(near), kept, _) => write!(message, "none of {kept} is one; {near}"),
        (None, _, 0) => write!(message, "it was not called"),
        (None, _, calls) => write!(message, "its calls are forgotten, all {calls}"),
    };
    message + &listed(&log.all(), log.forgotten())
}

/// Where the call that differs in the fewest places differs.
fn nearest<'a, O: Operation>(
    expected: &O,
    calls: impl Iterator<Item = (u64, Cow<'a, CallData<O>>)>,
) -> Option<String> {
    let expected = request_json(expected);
    let near =
        calls.map(|(number, call)| (differences(&expected, &request_json(&*call.request)), number));
    let (differences, number) = near.min_by_key(|(differences, _)| differences.len())?;
    let lines = differences.iter().map(|difference| format!("\n  {difference}"));
    Some(format!("nearest miss: call {number}, which differs at{}", lines.collect::<String>()))
}

/// Path, query and body of a request.
fn request_json<O: Operation>(request: &O) -> Value {
    let Ok(request) = request.to_http() else { return Value::Null };
    let body = talon_core::json::value_from_slice(request.body()).unwrap_or_default();
    json!({ "path": request.uri().path(), "query": request.uri().query(), "body": body })
}

/// Method and path of a request.
fn method_and_path<O: Operation>(request: &O) -> String {
    let path = request_json(request)["path"].as_str().unwrap_or(O::INFO.path).to_owned();
    format!("{} {path}", O::INFO.method)
}

fn call_count(count: usize) -> String {
    match count {
        0 => "no call".to_owned(),
        1 => "1 call".to_owned(),
        many => format!("{many} calls"),
    }
}

/// The last calls, a line each, and how many are left out.
fn listed(all: &[AnyCallRecord], forgotten: u64) -> String {
    let hidden = all.len().saturating_sub(MAX_LISTED);
    let mut text = "\ncalls:".to_owned();
    let _ = match (all.len(), forgotten, hidden) {
        (0, 0, _) => return "\nno calls at all".to_owned(),
        (_, 0, 0) => Ok(()),
        (_, 0, _) => write!(text, "\n  … {hidden} before"),
        (_, _, 0) => write!(text, "\n  … {forgotten} earlier calls forgotten"),
        _ => write!(text, "\n  … {hidden} before, {forgotten} earlier calls forgotten"),
    };
    for call in &all[hidden..] {
        let _ = write!(text, "\n  {call}");
    }
    text
}
