//! How many requests may be under way at once.

use std::collections::BTreeMap;

use http::StatusCode;
use talon_core::ApiError;
use talon_core::operation::Subject;

use crate::Fake;

/// Requests under way, by what they change.
#[derive(Debug, Default)]
pub(crate) struct Parallel {
    /// Most requests for one subject; any number when `None`.
    limit: Option<u32>,
    under_way: BTreeMap<Subject, u32>,
}

/// A request under way, until it is dropped.
#[derive(Debug)]
pub(crate) struct Place {
    fake: Fake,
    subjects: Vec<Subject>,
}

impl Parallel {
    pub(crate) fn new(limit: Option<u32>) -> Self {
        Self { limit, under_way: BTreeMap::new() }
    }

    /// Changes the limit; requests under way stay counted.
    pub(crate) fn set_limit(&mut self, limit: Option<u32>) {
        self.limit = limit;
    }

    fn enter(&mut self, subjects: &[Subject]) -> Result<(), ApiError> {
        let count = |subject: &Subject| self.under_way.get(subject).copied().unwrap_or(0);
        let is_full = |subject: &&Subject| self.limit.is_some_and(|limit| count(subject) >= limit);
        if let Some(subject) = subjects.iter().find(is_full) {
            return Err(too_many(subject));
        }
        for subject in subjects {
            *self.under_way.entry(subject.clone()).or_default() += 1;
        }
        Ok(())
    }

    fn leave(&mut self, subjects: &[Subject]) {
        for subject in subjects {
            match self.under_way.get_mut(subject) {
                Some(count) if *count > 1 => *count -= 1,
                _ => drop(self.under_way.remove(subject)),
            }
        }
    }
}

impl Place {
    /// Takes a place for each subject, or the refusal that there is none.
    pub(crate) fn take(fake: &Fake, subjects: Vec<Subject>) -> Result<Self, ApiError> {
        fake.parallel().enter(&subjects)?;
        Ok(Self { fake: fake.clone(), subjects })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.fake.parallel().leave(&self.subjects);
    }
}

/// The refusal of one request more than the service takes at once for a subject.
pub(crate) fn too_many(subject: &Subject) -> ApiError {
    let subject = match subject {
        Subject::Profile(_) => "profile",
        _ => "session",
    };
    let message = format!("Too many requests are updating this {subject} at the same time");
    ApiError::new(StatusCode::CONFLICT, message)
}
