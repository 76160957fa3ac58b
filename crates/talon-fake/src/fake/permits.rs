//! Limit on the number of parallel requests for a session or a profile.

use std::collections::BTreeMap;

use talon_core::ApiError;
use talon_core::operation::Subject;

use super::Fake;
use crate::control::faults::parallel_requests;

/// Number of permits that are held for each session and profile.
#[derive(Debug, Default)]
pub(super) struct Permits {
    /// Maximum number of permits for one subject; unlimited when `None`.
    limit: Option<u32>,
    held: BTreeMap<Subject, u32>,
}

/// Permit to execute a request; released when it is dropped.
#[derive(Debug)]
pub(crate) struct Permit {
    fake: Fake,
    subjects: Vec<Subject>,
}

impl Permits {
    pub(super) fn new(limit: Option<u32>) -> Self {
        Self { limit, held: BTreeMap::new() }
    }

    /// Changes the limit; permits that are held stay counted.
    pub(super) fn set_limit(&mut self, limit: Option<u32>) {
        self.limit = limit;
    }

    fn acquire(&mut self, subjects: &[Subject]) -> Result<(), ApiError> {
        let count = |subject: &Subject| self.held.get(subject).copied().unwrap_or(0);
        let is_full = |subject: &&Subject| self.limit.is_some_and(|limit| count(subject) >= limit);
        if let Some(subject) = subjects.iter().find(is_full) {
            return Err(parallel_requests(subject));
        }
        for subject in subjects {
            *self.held.entry(subject.clone()).or_default() += 1;
        }
        Ok(())
    }

    fn release(&mut self, subjects: &[Subject]) {
        for subject in subjects {
            match self.held.get_mut(subject) {
                Some(count) if *count > 1 => *count -= 1,
                _ => drop(self.held.remove(subject)),
            }
        }
    }
}

impl Permit {
    /// Acquires one permit for all subjects of a request.
    ///
    /// # Errors
    /// The refusal for a subject whose limit is reached.
    pub(super) fn acquire(fake: &Fake, subjects: Vec<Subject>) -> Result<Self, ApiError> {
        fake.permits().acquire(&subjects)?;
        Ok(Self { fake: fake.clone(), subjects })
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        self.fake.permits().release(&self.subjects);
    }
}
