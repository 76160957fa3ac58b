//! Whose limits something uses up.

use std::collections::BTreeSet;

use talon_core::model::{CustomerSessionV2, LimitAction, LimitConfig, LimitEntity};
use talon_core::{Amount, CampaignId};

use crate::rules::Facts;
use crate::state::{BudgetKey, StoredCampaign, Transaction, period_of};

/// Where something happens: whose limits it uses up.
#[derive(Clone, Copy)]
pub(super) struct LimitScope<'a> {
    pub(super) tx: &'a Transaction<'a>,
    pub(super) facts: Facts<'a>,
    pub(super) campaign: &'a StoredCampaign,
}

impl<'a> LimitScope<'a> {
    /// The campaign's counters for an action: one per limit, or one per identifier.
    ///
    /// A limit for something that the session does not have, such as a profile, does not apply.
    pub(super) fn counters(
        &self,
        action: &LimitAction,
    ) -> impl Iterator<Item = (&'a LimitConfig, BudgetKey)> + use<'a> {
        let scope = *self;
        let limits = scope.campaign.campaign.limits.iter().enumerate();
        let action = action.clone();
        limits.filter(move |(_, limit)| limit.action == action).flat_map(move |(index, limit)| {
            let zone = &scope.tx.state.zone;
            let period = limit.period.as_ref().map(|p| period_of(p, scope.facts.now, zone));
            scope.addresses(&limit.entities).into_iter().map(move |entities| {
                let key = BudgetKey::new(scope.campaign.id(), index, &entities, period.as_deref());
                (limit, key)
            })
        })
    }

    /// Every combination of what the entities are here.
    fn addresses(&self, entities: &[LimitEntity]) -> Vec<Vec<String>> {
        entities.iter().fold(vec![Vec::new()], |addresses, entity| {
            let names = self.names(entity);
            let extended = addresses.iter().flat_map(|address| {
                names.iter().map(|name| {
                    let mut address = address.clone();
                    address.push(format!("{entity}:{name}"));
                    address
                })
            });
            extended.collect()
        })
    }

    fn names(&self, entity: &LimitEntity) -> Vec<String> {
        let session = self.facts.session;
        let profile = Some(&session.profile_id).filter(|id| !id.is_empty());
        let one = match entity {
            LimitEntity::Coupon => self.facts.coupon.map(|coupon| coupon.value.to_string()),
            LimitEntity::Referral => self.facts.referral.map(|referral| referral.code.to_string()),
            LimitEntity::Profile => profile.map(ToString::to_string),
            // A profile update is about no session.
            LimitEntity::Session => {
                Some(session.integration_id.to_string()).filter(|id| !id.is_empty())
            }
            LimitEntity::Store => session.store_integration_id.clone(),
            LimitEntity::Identifier => {
                // One that was sent twice counts once.
                let each: BTreeSet<_> = session.identifiers.iter().flatten().cloned().collect();
                return each.into_iter().collect();
            }
            _ => None,
        };
        one.into_iter().collect()
    }
}

/// Uses up one of a campaign's limits for what is issued outside of a rule, unless one is full.
pub(crate) fn use_up(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    campaign: CampaignId,
    action: &str,
) -> bool {
    if !has_room(tx, session, campaign, action, 1) {
        return false;
    }
    for (key, _) in counters_of(tx, session, campaign, action) {
        tx.spend(&key, Amount::from(1));
    }
    true
}

/// Whether a campaign's limits allow so many more of what is issued outside of a rule.
pub(crate) fn has_room(
    tx: &Transaction<'_>,
    session: &CustomerSessionV2,
    campaign: CampaignId,
    action: &str,
    more: u32,
) -> bool {
    let counters = counters_of(tx, session, campaign, action);
    counters.iter().all(|(key, limit)| tx.budget(key) + Amount::from(more) <= *limit)
}

fn counters_of(
    tx: &Transaction<'_>,
    session: &CustomerSessionV2,
    campaign: CampaignId,
    action: &str,
) -> Vec<(BudgetKey, Amount)> {
    let Some(campaign) = tx.campaign(campaign) else { return Vec::new() };
    let facts = Facts {
        now: tx.now,
        session,
        profile: None,
        event: None,
        coupon: None,
        referral: None,
        zone: &tx.state.zone,
        case: tx.state.case,
        costs: &tx.state.costs,
    };
    let counters = LimitScope { tx, facts, campaign }.counters(&LimitAction::from(action));
    counters.map(|(limit, key)| (key, limit.limit)).collect()
}
