//! Assertions about calls, with messages that say what came instead.

use std::fmt::Write as _;

use serde_json::{Value, json};
use talon_core::Operation;

use super::{Log, Made, Recorded, RecordedCall, differences};
use crate::Fake;

/// How many calls a message lists.
const LISTED: usize = 10;

/// Calls that were made, and assertions about them.
impl Fake {
    /// Calls of `O`, oldest first; every call is here, refused and dry ones too.
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
    pub fn calls<O: Operation>(&self) -> Vec<Recorded<O>>
    where
        O::Reply: Clone,
    {
        let log = self.log().clone();
        log.of::<O>().map(|(number, made)| Recorded::new(number, made)).collect()
    }

    /// Calls of all operations, oldest first, and what came over HTTP and matches none.
    pub fn all_calls(&self) -> Vec<RecordedCall> {
        let log = self.log().clone();
        log.all()
    }

    /// All calls that are kept, and how many are no longer.
    #[cfg(feature = "serve")]
    pub(crate) fn calls_and_forgotten(&self) -> (Vec<RecordedCall>, u64) {
        let log = self.log().clone();
        (log.all(), log.forgotten())
    }

    /// Requests over HTTP that match no operation.
    pub fn unmatched_calls(&self) -> Vec<RecordedCall> {
        self.all_calls().into_iter().filter(|call| call.operation.is_none()).collect()
    }

    /// How many calls were made and are no longer kept; what is counted counts them too.
    pub fn forgotten_calls(&self) -> u64 {
        self.log().forgotten()
    }

    /// Keeps the last `calls` calls and forgets older ones; 10 000 unless told otherwise, and of
    /// those that were served no more than have 64 MiB of bodies.
    pub fn keep_calls(&self, calls: usize) {
        self.log().keep(calls);
    }

    /// Forgets all calls, and counts from 1 again.
    pub fn clear_calls(&self) {
        self.log().clear();
    }

    /// Some call of `O` has a request that `fits`.
    ///
    /// ```should_panic
    /// # use talon_core::prelude::*;
    /// # let talon = talon_fake::Fake::new(talon_fake::World::new()).expect("a world");
    /// talon.assert_called::<DeleteCustomerData>(|request| request.profile_id == "anna");
    /// ```
    ///
    /// # Panics
    /// When none has; the message shows the last one that came, or what came instead.
    #[track_caller]
    pub fn assert_called<O: Operation>(&self, fits: impl Fn(&O) -> bool) {
        let log = self.log().clone();
        if log.of::<O>().any(|(_, call)| fits(&call.request)) {
            return;
        }
        let near = log.of::<O>().last().map(|(number, call)| {
            let body = whole(&*call.request)["body"].take();
            let path = view_path(&*call.request);
            format!("nearest miss: the last one, call {number}: {path}\n  {body}")
        });
        let message = missed::<O>("that fits", near, &log);
        panic!("{message}");
    }

    /// Some call has exactly this request.
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
    /// When none has; the message lists where the nearest one differs.
    #[track_caller]
    pub fn assert_called_with<O: Operation>(&self, expected: &O) {
        let log = self.log().clone();
        if log.of::<O>().any(|(_, call)| *call.request == *expected) {
            return;
        }
        let near = nearest(expected, log.of::<O>());
        let message = missed::<O>("with this request", near, &log);
        panic!("{message}");
    }

    /// `O` was called so many times, dry and refused calls included.
    ///
    /// # Panics
    /// When it was not; the message lists the calls that came.
    #[track_caller]
    pub fn assert_called_times<O: Operation>(&self, times: usize) {
        let log = self.log().clone();
        let count = log.count(Some(O::INFO.id));
        if count == u64::try_from(times).unwrap_or(u64::MAX) {
            return;
        }
        let times = calls_in_words(times);
        let message = format!("expected {times} of {}, got {count}", O::INFO.id);
        panic!("{message}{}", listed(&log.all(), log.forgotten()));
    }

    /// `O` was not called.
    ///
    /// # Panics
    /// When it was; the message lists the calls that came.
    #[track_caller]
    pub fn assert_not_called<O: Operation>(&self) {
        self.assert_called_times::<O>(0);
    }

    /// Every request over HTTP matched an operation.
    ///
    /// # Panics
    /// When one did not; the message lists them.
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

fn missed<O: Operation>(how: &str, near: Option<String>, log: &Log) -> String {
    let mut message = format!("expected a call of {} {how}, ", O::INFO.id);
    // A write to a string cannot fail, here and below.
    let _ = match (near, log.of::<O>().count(), log.count(Some(O::INFO.id))) {
        (Some(near), kept, _) => write!(message, "none of {kept} is one; {near}"),
        (None, _, 0) => write!(message, "it was not called"),
        (None, _, calls) => write!(message, "its calls are forgotten, all {calls}"),
    };
    message + &listed(&log.all(), log.forgotten())
}

/// Where the call that differs in the fewest places does so.
fn nearest<'a, O: Operation>(
    expected: &O,
    calls: impl Iterator<Item = (u64, &'a Made<O>)>,
) -> Option<String> {
    let expected = whole(expected);
    let near = calls.map(|(number, call)| (differences(&expected, &whole(&*call.request)), number));
    let (differences, number) = near.min_by_key(|(differences, _)| differences.len())?;
    let lines = differences.iter().map(|difference| format!("\n  {difference}"));
    Some(format!("nearest miss: call {number}, which differs at{}", lines.collect::<String>()))
}

/// The request with everything that travels.
fn whole<O: Operation>(request: &O) -> Value {
    let Ok(request) = request.to_http() else { return Value::Null };
    let body = talon_core::json::value_from_slice(request.body()).unwrap_or_default();
    json!({ "path": request.uri().path(), "query": request.uri().query(), "body": body })
}

/// Method and path as they travel.
fn view_path<O: Operation>(request: &O) -> String {
    let path = whole(request)["path"].as_str().unwrap_or(O::INFO.path).to_owned();
    format!("{} {path}", O::INFO.method)
}

fn calls_in_words(count: usize) -> String {
    match count {
        0 => "no call".to_owned(),
        1 => "1 call".to_owned(),
        many => format!("{many} calls"),
    }
}

/// The last calls, a line each, and how many are missing.
fn listed(all: &[RecordedCall], forgotten: u64) -> String {
    let hidden = all.len().saturating_sub(LISTED);
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
