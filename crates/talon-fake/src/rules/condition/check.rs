//! Conditions that are closures.

use std::fmt;
use std::sync::Arc;

use crate::rules::Facts;

/// A closure over the facts.
#[derive(Clone)]
pub struct Check(Arc<dyn Fn(&Facts<'_>) -> bool + Send + Sync>);

impl Check {
    pub(super) fn new(check: impl Fn(&Facts<'_>) -> bool + Send + Sync + 'static) -> Self {
        Self(Arc::new(check))
    }

    pub(super) fn holds(&self, facts: &Facts<'_>) -> bool {
        (self.0)(facts)
    }
}

impl fmt::Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a closure")
    }
}

/// Two closures are equal when they are the same one.
impl PartialEq for Check {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
