//! One rule for injecting a fault.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use super::Fault;
use super::schedule::Schedule;

/// A fault, the calls it is for, and how often it is injected.
pub(crate) struct FaultRule {
    pub(super) id: u64,
    /// Any operation when `None`.
    operation: Option<&'static str>,
    pub(super) fault: Fault,
    pub(crate) schedule: Schedule,
    pub(super) filter: Option<Filter>,
}

/// Whether a rule is for a request; the request has the type of the rule's operation.
pub(super) type Filter = Arc<dyn Fn(&dyn Any) -> bool + Send + Sync>;

/// A planned fault and how often it was injected; from
/// [`FaultInjector::planned`](crate::FaultInjector::planned).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct FaultUsage {
    /// Id of the operation; any operation when `None`.
    pub operation: Option<&'static str>,
    /// The fault.
    pub fault: Fault,
    /// Maximum number of injections; unlimited when `None`.
    pub times: Option<u64>,
    /// Only every nth call gets the fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub every: Option<u64>,
    /// Probability with which a call gets the fault, and the seed of the random numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with_probability: Option<(f64, u64)>,
    /// Number of calls that could have got the fault.
    pub seen: u64,
    /// Number of calls that got the fault.
    pub injected: u64,
}

impl FaultRule {
    /// A rule for the next call of an operation, of any when `None`.
    pub(super) fn new(id: u64, operation: Option<&'static str>, fault: Fault) -> Self {
        Self { id, operation, fault, schedule: Schedule::default(), filter: None }
    }

    /// Restricts the rule to requests for which `filter` is true.
    pub(crate) fn set_filter(&mut self, filter: impl Fn(&dyn Any) -> bool + Send + Sync + 'static) {
        self.filter = Some(Arc::new(filter));
    }

    /// Whether the rule may still fire, for a call of `operation`.
    pub(super) fn applies_to(&self, operation: &str) -> bool {
        self.operation.is_none_or(|id| id == operation) && !self.schedule.is_exhausted()
    }

    /// Whether the fault was injected as often as planned, at least once where that is not said.
    pub(crate) fn is_used(&self) -> bool {
        self.schedule.is_used()
    }

    pub(crate) fn usage(&self) -> FaultUsage {
        FaultUsage {
            operation: self.operation,
            fault: self.fault.clone(),
            times: self.schedule.limit(),
            every: self.schedule.every_nth(),
            with_probability: self.schedule.probability(),
            seen: self.schedule.seen(),
            injected: self.schedule.fired(),
        }
    }
}

impl fmt::Debug for FaultRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FaultRule")
            .field("operation", &self.operation)
            .field("fault", &self.fault)
            .field("schedule", &self.schedule)
            .finish_non_exhaustive()
    }
}

/// One line, such as `lose_reply on updateCustomerSessionV2: injected 0 of 1, calls seen: 0`.
impl fmt::Display for FaultUsage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation.unwrap_or("any operation");
        write!(f, "{} on {operation}: injected {}", self.fault, self.injected)?;
        if let Some(times) = self.times {
            write!(f, " of {times}")?;
        }
        write!(f, ", calls seen: {}", self.seen)
    }
}
