//! Planning faults, and accounting for them.

use std::any::Any;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use talon_core::Operation;

use super::plan::Plan;
use super::{Fault, PlannedFault};
use crate::Fake;

/// Faults of a [`Fake`], from [`Fake::faults`].
///
/// A call meets one fault at most. Plans are asked in the order in which they were made, and the
/// first that is due strikes; those after it do not see the call.
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
pub struct Faults {
    fake: Fake,
}

/// A fault that was just planned; its methods say when it strikes. Dropping it changes nothing.
pub struct Planned<O> {
    fake: Fake,
    id: u64,
    operation: PhantomData<fn(O)>,
}

/// Stands for any operation in [`Planned`].
#[derive(Clone, Copy, Debug)]
pub enum AnyOperation {}

impl Faults {
    pub(crate) fn of(fake: &Fake) -> Self {
        Self { fake: fake.clone() }
    }

    /// Plans a fault for the next call of `O`.
    pub fn next<O: Operation>(&self, fault: Fault) -> Planned<O> {
        self.plan(Some(O::INFO.id), fault)
    }

    /// Plans a fault for the next call of any operation.
    pub fn on_any(&self, fault: Fault) -> Planned<AnyOperation> {
        self.plan(None, fault)
    }

    pub(crate) fn plan<O>(&self, operation: Option<&'static str>, fault: Fault) -> Planned<O> {
        let id = self.fake.script().add(operation, fault);
        Planned { fake: self.fake.clone(), id, operation: PhantomData }
    }

    /// Every fault planned since the fake was made or the plans were cleared.
    pub fn planned(&self) -> Vec<PlannedFault> {
        self.fake.script().plans().map(Plan::report).collect()
    }

    /// Faults that struck less often than planned; where that is not said, those that never did.
    pub fn unused(&self) -> Vec<PlannedFault> {
        let script = self.fake.script();
        script.plans().filter(|plan| !plan.is_used()).map(Plan::report).collect()
    }

    /// Forgets all plans.
    pub fn clear(&self) {
        self.fake.script().clear();
    }

    /// Fails the test when a fault was planned and not met.
    ///
    /// # Panics
    /// With a line for each of [`unused`](Self::unused).
    #[track_caller]
    pub fn assert_used(&self) {
        let unused = self.unused();
        let lines: Vec<_> = unused.iter().map(|fault| format!("\n  {fault}")).collect();
        let (count, lines) = (lines.len(), lines.concat());
        assert!(unused.is_empty(), "faults that were planned and not met: {count}{lines}");
    }
}

impl<O> Planned<O> {
    /// It strikes so many calls at most, instead of one.
    ///
    /// Together with [`every`](Self::every) or [`with_probability`](Self::with_probability), which
    /// go on for ever otherwise, so many of those.
    #[expect(clippy::return_self_not_must_use, reason = "the plan is made already")]
    pub fn times(self, times: u64) -> Self {
        self.change(|plan| plan.schedule.times(times))
    }

    /// It strikes every nth call, for ever.
    ///
    /// # Panics
    /// When `n` is zero.
    #[expect(clippy::return_self_not_must_use, reason = "the plan is made already")]
    pub fn every(self, n: u64) -> Self {
        self.change(|plan| plan.schedule.every(n))
    }

    /// It strikes each call with this probability, for ever; which ones depends on `seed` alone.
    ///
    /// # Panics
    /// When `probability` is not from 0 to 1.
    #[expect(clippy::return_self_not_must_use, reason = "the plan is made already")]
    pub fn with_probability(self, probability: f64, seed: u64) -> Self {
        self.change(|plan| plan.schedule.with_probability(probability, seed))
    }

    fn change(self, change: impl FnOnce(&mut Plan)) -> Self {
        if let Some(plan) = self.fake.script().plan(self.id) {
            change(plan);
        }
        self
    }
}

impl<O: Operation> Planned<O> {
    /// It sees only the calls whose request fits.
    #[expect(clippy::return_self_not_must_use, reason = "the plan is made already")]
    pub fn when(self, fits: impl Fn(&O) -> bool + Send + Sync + 'static) -> Self {
        let filter = move |request: &dyn Any| request.downcast_ref::<O>().is_some_and(&fits);
        self.change(|plan| plan.filter = Some(Arc::new(filter)))
    }
}

impl<O> fmt::Debug for Planned<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Planned").field("id", &self.id).finish_non_exhaustive()
    }
}
