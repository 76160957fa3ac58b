//! Rewards that a closure computes.

use std::fmt;
use std::sync::Arc;

use talon_core::effect::EffectKind;

use super::Reward;
use crate::rules::Facts;

/// A closure from the facts to effects.
#[derive(Clone)]
pub struct Compute(Arc<Computation>);

type Computation = dyn Fn(&Facts<'_>) -> Vec<EffectKind> + Send + Sync;

impl Reward {
    /// Effects computed in Rust.
    ///
    /// ```
    /// use talon_core::effect::{EffectKind, SetDiscount};
    /// use talon_fake::rules::Reward;
    ///
    /// let one_each = Reward::compute(|facts| {
    ///     let value = (facts.session.cart_items.len() as i64).into();
    ///     vec![SetDiscount { name: "1 per line".into(), value, ..Default::default() }.into()]
    /// });
    /// # let _ = one_each;
    /// ```
    pub fn compute(
        compute: impl Fn(&Facts<'_>) -> Vec<EffectKind> + Send + Sync + 'static,
    ) -> Self {
        Self::Compute(Compute(Arc::new(compute)))
    }
}

impl Compute {
    pub(crate) fn effects(&self, facts: &Facts<'_>) -> Vec<EffectKind> {
        (self.0)(facts)
    }
}

impl fmt::Debug for Compute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a closure")
    }
}

/// Two closures are equal when they are the same one.
impl PartialEq for Compute {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}
