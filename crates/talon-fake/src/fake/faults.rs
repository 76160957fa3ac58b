//! Injecting faults into the calls of a fake.

use std::fmt;
use std::marker::PhantomData;

use talon_core::Operation;

use super::Fake;
use crate::control::faults::{Fault, FaultRule, FaultUsage};

/// Injects faults into the calls of a [`Fake`]; from [`Fake::faults`].
///
/// A call gets one fault at most: that of the first planned fault that is due, in the order in which
/// they were planned. Later ones do not count the call.
///
/// ```
/// # use talon_core::prelude::*;
/// use talon_fake::{Fake, Fault, World};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let talon = Fake::new(World::new())?;
/// talon.faults().next::<UpdateCustomerProfileV2>(Fault::status(503)).times(2);
///
/// let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
/// for _ in 0..2 {
///     let error = talon.update_customer_profile_v2(request.clone()).await.unwrap_err();
///     assert_eq!(error.status().unwrap(), 503);
/// }
/// talon.update_customer_profile_v2(request).await?;
///
/// talon.faults().assert_used();
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct FaultInjector {
    fake: Fake,
}

/// Schedule of a planned fault; its methods say which calls get the fault. Dropping it changes
/// nothing.
pub struct FaultSchedule<O> {
    fake: Fake,
    id: u64,
    operation: PhantomData<fn(O)>,
}

/// Any operation, in [`FaultSchedule`].
#[derive(Clone, Copy, Debug)]
pub enum AnyOperation {}

impl FaultInjector {
    pub(super) fn new(fake: &Fake) -> Self {
        Self { fake: fake.clone() }
    }

    /// Plans a fault for the next call of `O`.
    pub fn next<O: Operation>(&self, fault: Fault) -> FaultSchedule<O> {
        self.plan(Some(O::INFO.id), fault)
    }

    /// Plans a fault for the next call of any operation.
    pub fn on_any(&self, fault: Fault) -> FaultSchedule<AnyOperation> {
        self.plan(None, fault)
    }

    pub(crate) fn plan<O>(
        &self,
        operation: Option<&'static str>,
        fault: Fault,
    ) -> FaultSchedule<O> {
        let id = self.fake.fault_plan().add(operation, fault);
        FaultSchedule { fake: self.fake.clone(), id, operation: PhantomData }
    }

    /// All faults that were planned since the fake was created or the faults were cleared.
    pub fn planned(&self) -> Vec<FaultUsage> {
        self.fake.fault_plan().rules().iter().map(FaultRule::usage).collect()
    }

    /// Faults that were injected less often than planned; where the number is not planned, those
    /// that were not injected at all.
    pub fn unused(&self) -> Vec<FaultUsage> {
        let plan = self.fake.fault_plan();
        plan.rules().iter().filter(|rule| !rule.is_used()).map(FaultRule::usage).collect()
    }

    /// Removes all planned faults.
    pub fn clear(&self) {
        self.fake.fault_plan().clear();
    }

    /// Asserts that every planned fault was injected.
    ///
    /// # Panics
    /// When some were not, with a line for each of [`unused`](Self::unused).
    #[track_caller]
    pub fn assert_used(&self) {
        let unused = self.unused();
        let lines: Vec<_> = unused.iter().map(|fault| format!("\n  {fault}")).collect();
        let (count, lines) = (lines.len(), lines.concat());
        assert!(unused.is_empty(), "faults that were planned and not met: {count}{lines}");
    }
}

impl<O> FaultSchedule<O> {
    /// Injects the fault into `times` calls instead of one.
    ///
    /// Together with [`every`](Self::every) or [`with_probability`](Self::with_probability), which
    /// have no limit by default, into `times` of the calls that they choose.
    #[expect(clippy::return_self_not_must_use, reason = "the fault is planned already")]
    pub fn times(self, times: u64) -> Self {
        self.edit(|rule| rule.schedule.set_times(times))
    }

    /// Injects the fault into every nth call, without limit.
    ///
    /// # Panics
    /// When `n` is zero.
    #[expect(clippy::return_self_not_must_use, reason = "the fault is planned already")]
    pub fn every(self, n: u64) -> Self {
        self.edit(|rule| rule.schedule.set_every(n))
    }

    /// Injects the fault into each call with this probability, without limit. The same `seed`
    /// chooses the same calls.
    ///
    /// # Panics
    /// When `probability` is not from 0 to 1.
    #[expect(clippy::return_self_not_must_use, reason = "the fault is planned already")]
    pub fn with_probability(self, probability: f64, seed: u64) -> Self {
        self.edit(|rule| rule.schedule.set_probability(probability, seed))
    }

    fn edit(self, edit: impl FnOnce(&mut FaultRule)) -> Self {
        if let Some(rule) = self.fake.fault_plan().rule(self.id) {
            edit(rule);
        }
        self
    }
}

impl<O: Operation> FaultSchedule<O> {
    /// Restricts the fault to requests for which `filter` is true.
    #[expect(clippy::return_self_not_must_use, reason = "the fault is planned already")]
    pub fn when(self, filter: impl Fn(&O) -> bool + Send + Sync + 'static) -> Self {
        self.edit(|rule| {
            rule.set_filter(move |request| request.downcast_ref::<O>().is_some_and(&filter));
        })
    }
}

impl<O> fmt::Debug for FaultSchedule<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FaultSchedule").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Fake {
    /// The fault for a call, which the call uses up.
    pub(super) fn take_fault<O: Operation>(&self, request: &O) -> Option<Fault> {
        let mut plan = self.fault_plan();
        let filters = plan.filters(O::INFO.id);
        if filters.is_empty() {
            return plan.take_fault(O::INFO.id, &[]);
        }
        // Filters are closures of the test: they run without the lock.
        drop(plan);
        let matching = filters.iter().filter(|(_, filter)| filter(request)).map(|(id, _)| *id);
        let matching: Vec<_> = matching.collect();
        self.fault_plan().take_fault(O::INFO.id, &matching)
    }
}
