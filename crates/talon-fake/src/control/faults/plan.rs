//! The faults to inject into the calls of one fake.

use super::rule::Filter;
use super::{Fault, FaultRule};

/// Rules for injecting faults, in the order in which they were added.
#[derive(Debug, Default)]
pub(crate) struct FaultPlan {
    rules: Vec<FaultRule>,
    last_id: u64,
}

impl FaultPlan {
    /// Adds a rule for the next call of an operation, of any when `None`; returns the id of the
    /// rule.
    pub(crate) fn add(&mut self, operation: Option<&'static str>, fault: Fault) -> u64 {
        self.last_id += 1;
        self.rules.push(FaultRule::new(self.last_id, operation, fault));
        self.last_id
    }

    /// The rule, unless it was cleared.
    pub(crate) fn rule(&mut self, id: u64) -> Option<&mut FaultRule> {
        self.rules.iter_mut().find(|rule| rule.id == id)
    }

    pub(crate) fn rules(&self) -> &[FaultRule] {
        &self.rules
    }

    pub(crate) fn clear(&mut self) {
        self.rules.clear();
    }

    /// Ids and filters of the rules for an operation that look at the request.
    pub(crate) fn filters(&self, operation: &str) -> Vec<(u64, Filter)> {
        let rules = self.rules.iter().filter(|rule| rule.applies_to(operation));
        rules.filter_map(|rule| Some((rule.id, rule.filter.clone()?))).collect()
    }

    /// Counts a call of an operation and returns its fault: that of the first rule that fires.
    ///
    /// A rule with a filter counts the call only if its id is in `matching`. Rules after the one
    /// that fires do not count the call.
    pub(crate) fn take_fault(&mut self, operation: &str, matching: &[u64]) -> Option<Fault> {
        let mut rules = self.rules.iter_mut().filter(|rule| {
            rule.applies_to(operation) && (rule.filter.is_none() || matching.contains(&rule.id))
        });
        rules.find_map(|rule| rule.schedule.fires().then(|| rule.fault.clone()))
    }
}
