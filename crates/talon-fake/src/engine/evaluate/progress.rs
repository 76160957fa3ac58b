//! Progress in achievements that rules add.

use super::limits::Counted;
use super::rewards::ProgressChange;
use super::{Evaluator, RuleScope};
use crate::engine::rule_ref::RuleRef;
use crate::rules::Facts;

impl<'a> Evaluator<'a> {
    /// The facts of a rule, with the achievements that are completed before it.
    pub(super) fn facts_of<'f>(&'f self, scope: &RuleScope<'a>) -> Facts<'f>
    where
        'a: 'f,
    {
        Facts {
            completed_achievements: Some(self.progress.completed()),
            ledgers: &self.ledgers,
            ..scope.facts
        }
    }

    /// Adds the effects of a change of progress, if it has any.
    pub(super) fn change_progress(&mut self, rule_ref: &RuleRef<'_>, change: ProgressChange) {
        let Some(profile) = self.facts.profile.map(|profile| &profile.integration_id) else {
            return;
        };
        let effects = match change {
            ProgressChange::Start(id) => {
                self.progress.start(self.tx, profile, id).into_iter().collect()
            }
            ProgressChange::Increase(id, amount) => {
                let amount = self.progress.rest_of(amount, rule_ref.campaign_id, id);
                self.progress.increase(self.tx, profile, id, amount)
            }
        };
        for kind in effects {
            self.add(rule_ref, kind, Counted::new());
        }
    }
}
