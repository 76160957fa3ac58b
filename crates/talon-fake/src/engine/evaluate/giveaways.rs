//! Whether a giveaway is left for a rule.

use talon_core::effect::Effect;

use super::rewards::{Given, RewardOutcome};
use super::{Evaluator, RuleScope};
use crate::engine::limits;
use crate::engine::outcome::{Grant, GrantKind};
use crate::state::FailureCause;

impl<'a> Evaluator<'a> {
    /// Checks that the pool and the limits of the campaign have a giveaway for a reward, in addition to
    /// those of the rewards before it. One that an earlier close of the session awarded for the rule is
    /// awarded again.
    pub(super) fn check_giveaway(
        &self,
        scope: &RuleScope<'a>,
        (rule, reward): (usize, usize),
        pool: i64,
        given: &[Given],
    ) -> Result<(), FailureCause> {
        let campaign_id = scope.campaign.id();
        let of_rule = |kind: GrantKind| Grant {
            kind,
            position: 0,
            campaign_id,
            rule,
            coupon_id: scope.coupon_id(),
        };
        let of_this_rule = given.iter().filter_map(|given| match &given.outcome {
            RewardOutcome::Grant(kind) => Some(of_rule(kind.clone())),
            RewardOutcome::Effect(_) | RewardOutcome::Progress(_) => None,
        });
        let mut awarded: Vec<_> = self.awarded.iter().collect();
        let earlier: Vec<_> = self.found.grants.iter().cloned().chain(of_this_rule).collect();
        let new: Vec<_> =
            earlier.iter().filter(|grant| take_awarded(&mut awarded, grant).is_none()).collect();
        if take_awarded(&mut awarded, &of_rule(GrantKind::AwardGiveaway(pool))).is_some() {
            return Ok(());
        }
        let of_pool = new.iter().filter(|grant| grant.kind == GrantKind::AwardGiveaway(pool));
        if !self.tx.has_giveaways_beyond(pool, of_pool.count()) {
            return Err(FailureCause::NoGiveaway(reward));
        }
        let is_award = |grant: &&&Grant| matches!(grant.kind, GrantKind::AwardGiveaway(_));
        let of_campaign = new.iter().filter(|grant| grant.campaign_id == campaign_id);
        let more = u32::try_from(of_campaign.filter(is_award).count() + 1).unwrap_or(u32::MAX);
        let session = self.facts.session;
        let has_room = limits::has_room(self.tx, session, campaign_id, "awardGiveaway", more);
        if has_room { Ok(()) } else { Err(FailureCause::Effect(reward)) }
    }
}

/// Takes the giveaway that was awarded for the rule of a grant out of a list.
fn take_awarded<'e>(awarded: &mut Vec<&'e Effect>, grant: &Grant) -> Option<&'e Effect> {
    let index = awarded.iter().position(|effect| grant.was_awarded_by(effect));
    index.map(|index| awarded.swap_remove(index))
}
