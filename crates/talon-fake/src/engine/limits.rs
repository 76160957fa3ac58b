//! Limits of campaigns: which counters something counts against, and whether they have room.

use std::collections::BTreeSet;

use talon_core::effect::EffectKind;
use talon_core::model::{
    Coupon, CustomerSessionV2, LimitAction, LimitConfig, LimitEntity, Referral,
};
use talon_core::{Amount, CampaignId};

use crate::state::{BudgetKey, StoredCampaign, Transaction, period_of};

/// What identifies the counters of a campaign's limits: each limit names some of its members.
#[derive(Clone, Copy)]
pub(super) struct LimitScope<'a> {
    pub(super) tx: &'a Transaction<'a>,
    pub(super) campaign: &'a StoredCampaign,
    pub(super) session: &'a CustomerSessionV2,
    pub(super) coupon: Option<&'a Coupon>,
    pub(super) referral: Option<&'a Referral>,
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
            let period = limit.period.as_ref().map(|p| period_of(p, scope.tx.now, zone));
            scope.addresses(&limit.entities).into_iter().map(move |entities| {
                let key = BudgetKey::new(scope.campaign.id(), index, &entities, period.as_deref());
                (limit, key)
            })
        })
    }

    /// Every combination of the members that the entities name.
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
        let session = self.session;
        let profile = Some(&session.profile_id).filter(|id| !id.is_empty());
        let one = match entity {
            LimitEntity::Coupon => self.coupon.map(|coupon| coupon.value.to_string()),
            LimitEntity::Referral => self.referral.map(|referral| referral.code.to_string()),
            LimitEntity::Profile => profile.map(ToString::to_string),
            // A profile update has no session.
            LimitEntity::Session => {
                Some(session.integration_id.to_string()).filter(|id| !id.is_empty())
            }
            LimitEntity::Store => session.store_integration_id.clone(),
            LimitEntity::Identifier => {
                // An identifier that was sent twice counts once.
                let each: BTreeSet<_> = session.identifiers.iter().flatten().cloned().collect();
                return each.into_iter().collect();
            }
            _ => None,
        };
        one.into_iter().collect()
    }
}

/// Counts one grant against a campaign's limits, unless one of them has no room.
pub(super) fn use_up(
    tx: &mut Transaction<'_>,
    session: &CustomerSessionV2,
    campaign: CampaignId,
    action: &str,
) -> bool {
    let counters = counters_of(tx, session, campaign, action);
    let has_room = have_room(tx, &counters, 1);
    if has_room {
        for (key, _) in &counters {
            tx.spend(key, Amount::from(1));
        }
    }
    has_room
}

/// Whether a campaign's limits allow so many more grants.
pub(super) fn has_room(
    tx: &Transaction<'_>,
    session: &CustomerSessionV2,
    campaign: CampaignId,
    action: &str,
    more: u32,
) -> bool {
    have_room(tx, &counters_of(tx, session, campaign, action), more)
}

fn have_room(tx: &Transaction<'_>, counters: &[(BudgetKey, Amount)], more: u32) -> bool {
    counters.iter().all(|(key, limit)| tx.budget(key) + Amount::from(more) <= *limit)
}

fn counters_of(
    tx: &Transaction<'_>,
    session: &CustomerSessionV2,
    campaign: CampaignId,
    action: &str,
) -> Vec<(BudgetKey, Amount)> {
    let Some(campaign) = tx.campaign(campaign) else { return Vec::new() };
    let scope = LimitScope { tx, campaign, session, coupon: None, referral: None };
    let counters = scope.counters(&LimitAction::from(action));
    counters.map(|(limit, key)| (key, limit.limit)).collect()
}

/// Whether a counter is of a limit on something that only the close of a session makes final.
pub(super) fn is_of_cart(tx: &Transaction<'_>, key: &BudgetKey) -> bool {
    let (campaign, index) = key.limit();
    let limit = tx.campaign(campaign).and_then(|stored| stored.campaign.limits.get(index));
    limit.is_some_and(|limit| {
        matches!(
            limit.action.as_str(),
            "redeemCoupon"
                | "redeemReferral"
                | "setDiscount"
                | "setDiscountEffect"
                | "addFreeItemEffect"
        )
    })
}

/// Whether an effect is a discount, be it of 0.
pub(super) fn is_discount(kind: &EffectKind) -> bool {
    matches!(
        kind,
        EffectKind::SetDiscount(_)
            | EffectKind::SetDiscountPerItem(_)
            | EffectKind::SetDiscountPerAdditionalCost(_)
            | EffectKind::SetDiscountPerAdditionalCostPerItem(_)
    )
}

/// What an effect takes off; 0 when it is no discount.
pub(super) fn discount_of(kind: &EffectKind) -> Amount {
    match kind {
        EffectKind::SetDiscount(props) => props.value,
        EffectKind::SetDiscountPerItem(props) => props.value,
        EffectKind::SetDiscountPerAdditionalCost(props) => props.value,
        EffectKind::SetDiscountPerAdditionalCostPerItem(props) => props.value,
        _ => Amount::ZERO,
    }
}
