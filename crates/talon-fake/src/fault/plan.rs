//! Planned faults, in the order in which they were planned.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use talon_core::Operation;

use super::Fault;
use super::schedule::Schedule;
use crate::Fake;

/// The faults planned for a fake.
#[derive(Debug, Default)]
pub(crate) struct Script {
    plans: Vec<Plan>,
    next: u64,
}

pub(crate) struct Plan {
    id: u64,
    /// `None` is any.
    operation: Option<&'static str>,
    fault: Fault,
    pub(super) schedule: Schedule,
    pub(super) filter: Option<Filter>,
}

/// Whether a request, of the type that the operation has, is meant.
pub(super) type Filter = Arc<dyn Fn(&dyn Any) -> bool + Send + Sync>;

/// A planned fault and how often it struck.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PlannedFault {
    /// The operation's id; any operation when `None`.
    pub operation: Option<&'static str>,
    /// What goes wrong.
    pub fault: Fault,
    /// How often at most; for ever when `None`.
    pub times: Option<u64>,
    /// Only every nth call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub every: Option<u64>,
    /// Only with this probability, by this seed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with_probability: Option<(f64, u64)>,
    /// How many calls it was up for.
    pub seen: u64,
    /// How many of them it struck.
    pub struck: u64,
}

impl Script {
    /// Plans a fault for the next call and returns the number of the plan.
    pub(super) fn add(&mut self, operation: Option<&'static str>, fault: Fault) -> u64 {
        self.next += 1;
        let (schedule, id) = (Schedule::default(), self.next);
        self.plans.push(Plan { id, operation, fault, schedule, filter: None });
        id
    }

    /// The plan, unless it was cleared meanwhile.
    pub(super) fn plan(&mut self, id: u64) -> Option<&mut Plan> {
        self.plans.iter_mut().find(|plan| plan.id == id)
    }

    pub(super) fn plans(&self) -> impl Iterator<Item = &Plan> {
        self.plans.iter()
    }

    pub(crate) fn clear(&mut self) {
        self.plans.clear();
    }

    /// The plans for an operation that want to see the request first, and how they look at it.
    fn filters(&self, operation: &str) -> Vec<(u64, Filter)> {
        let mine = self.plans.iter().filter(|plan| plan.is_for(operation));
        mine.filter_map(|plan| Some((plan.id, Arc::clone(plan.filter.as_ref()?)))).collect()
    }

    /// The fault that strikes this call: the first that is due. Plans after it do not see the call,
    /// and those with a filter only when it is among those that fit.
    fn strike(&mut self, operation: &str, fit: &[u64]) -> Option<Fault> {
        let mut plans = self.plans.iter_mut().filter(|plan| {
            plan.is_for(operation) && (plan.filter.is_none() || fit.contains(&plan.id))
        });
        plans.find_map(|plan| plan.schedule.strikes().then(|| plan.fault.clone()))
    }
}

impl Fake {
    /// The fault that strikes this call.
    pub(crate) fn strike<O: Operation>(&self, request: &O) -> Option<Fault> {
        let mut script = self.script();
        let filters = script.filters(O::INFO.id);
        if filters.is_empty() {
            return script.strike(O::INFO.id, &[]);
        }
        // Filters are closures of the test: nobody waits for them.
        drop(script);
        let fit = filters.iter().filter(|(_, filter)| filter(request)).map(|(id, _)| *id);
        let fit: Vec<_> = fit.collect();
        self.script().strike(O::INFO.id, &fit)
    }
}

impl Plan {
    fn is_for(&self, operation: &str) -> bool {
        self.operation.is_none_or(|id| id == operation) && !self.schedule.is_spent()
    }

    pub(super) fn report(&self) -> PlannedFault {
        PlannedFault {
            operation: self.operation,
            fault: self.fault.clone(),
            times: self.schedule.limit(),
            every: self.schedule.every_nth(),
            with_probability: self.schedule.probability(),
            seen: self.schedule.seen(),
            struck: self.schedule.struck(),
        }
    }

    pub(super) fn is_used(&self) -> bool {
        self.schedule.is_used()
    }
}

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plan")
            .field("operation", &self.operation)
            .field("fault", &self.fault)
            .field("schedule", &self.schedule)
            .finish_non_exhaustive()
    }
}

/// One line, such as `lose_reply on updateCustomerSessionV2: struck 0 of 1, 0 calls seen`.
impl fmt::Display for PlannedFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation.unwrap_or("any operation");
        write!(f, "{} on {operation}: struck {}", self.fault, self.struck)?;
        if let Some(times) = self.times {
            write!(f, " of {times}")?;
        }
        write!(f, ", calls seen: {}", self.seen)
    }
}
