//! Attributes, programs, audiences and pools that rules name exist: otherwise the rule would never
//! apply.
//!
//! Codes need not exist: coupons and referrals are created and deleted while the service runs.

use std::collections::BTreeMap;

use talon_core::document::did_you_mean;
use talon_core::model::SessionState;
use talon_core::{AchievementId, Attributes, AudienceId, LoyaltyProgramId};

use super::{loyalty, must_be_one_of, periods};
use crate::rules::{AttributeTest, Condition, ItemFilter, LedgerTier, Points, Reward};
use crate::world::{AttributeType, World, WorldError};

type Types = BTreeMap<String, AttributeType>;

/// Checks every rule, and the attributes that profiles begin with.
pub(super) fn check(world: &World) -> Result<(), WorldError> {
    for (index, campaign) in world.campaigns.iter().enumerate() {
        for (rule_index, rule) in campaign.rules.iter().enumerate() {
            let place = format!("campaigns[{index}].rules[{rule_index}]");
            check_condition(world, &format!("{place}.when"), &rule.when)?;
            for (index, reward) in rule.then.iter().enumerate() {
                check_reward(world, &format!("{place}.then[{index}]"), reward)?;
            }
        }
    }
    let types = world.attributes.profile.as_ref();
    for (index, profile) in world.profiles.iter().enumerate() {
        let place = format!("profiles[{index}].attributes");
        check_values(&place, "profile", types, &profile.attributes)?;
    }
    Ok(())
}

fn check_condition(world: &World, place: &str, condition: &Condition) -> Result<(), WorldError> {
    periods::check_condition(place, condition)?;
    let attributes = &world.attributes;
    match condition {
        Condition::AnyItem(filter) => check_items(world, &format!("{place}.anyItem"), filter),
        Condition::SessionState(state) if !state.is_known() => {
            let reason = must_be_one_of(state.as_str(), SessionState::KNOWN);
            Err(WorldError::at(format!("{place}.sessionState"), reason))
        }
        Condition::ProfileAttribute(test) => {
            let types = attributes.profile.as_ref();
            check_test(&format!("{place}.profileAttribute"), "profile", types, test)
        }
        Condition::SessionAttribute(test) => {
            let types = attributes.session.as_ref();
            check_test(&format!("{place}.sessionAttribute"), "session", types, test)
        }
        Condition::Event(name) => match &world.event_types {
            Some(types) => {
                let known = types.keys().map(String::as_str);
                is_declared(&format!("{place}.event"), "event type", name, known)
            }
            None => Ok(()),
        },
        Condition::EventAttribute(test) => {
            let types: Option<Types> = world.event_types.as_ref().map(|types| {
                types.values().flatten().map(|(name, kind)| (name.clone(), *kind)).collect()
            });
            check_test(&format!("{place}.eventAttribute"), "event", types.as_ref(), test)
        }
        Condition::InAudience(id) => check_audience(world, &format!("{place}.inAudience"), *id),
        Condition::AdvocateInAudience(id) => {
            check_audience(world, &format!("{place}.advocateInAudience"), *id)
        }
        Condition::JoinedAudience(id) => {
            check_audience(world, &format!("{place}.joinedAudience"), *id)
        }
        Condition::LeftAudience(id) => check_audience(world, &format!("{place}.leftAudience"), *id),
        Condition::AchievementCompleted(id) => {
            check_achievement(world, &format!("{place}.achievementCompleted"), *id)
        }
        Condition::LoyaltyBalance(balance) => {
            let place = format!("{place}.loyaltyBalance");
            check_ledger(world, &place, balance.program_id, &balance.sub_ledger_id)
        }
        Condition::LoyaltyTier(tier) => check_tiers(world, &format!("{place}.loyaltyTier"), tier),
        Condition::CardValid(id) => check_card_program(world, &format!("{place}.cardValid"), *id),
        Condition::CardRegistered(id) => {
            check_card_program(world, &format!("{place}.cardRegistered"), *id)
        }
        Condition::All(parts) => check_parts(world, &format!("{place}.all"), parts),
        Condition::Any(parts) => check_parts(world, &format!("{place}.any"), parts),
        Condition::Not(part) => check_condition(world, &format!("{place}.not"), part),
        _ => Ok(()),
    }
}

fn check_parts(world: &World, place: &str, parts: &[Condition]) -> Result<(), WorldError> {
    let mut parts = parts.iter().enumerate();
    parts.try_for_each(|(index, part)| check_condition(world, &format!("{place}[{index}]"), part))
}

pub(super) fn check_audience(world: &World, place: &str, id: AudienceId) -> Result<(), WorldError> {
    has_id(place, "audience", id, world.audiences.iter().map(|audience| audience.id))
}

fn check_achievement(world: &World, place: &str, id: AchievementId) -> Result<(), WorldError> {
    has_id(place, "achievement", id, world.achievements.iter().map(|achievement| achievement.id))
}

fn check_card_program(world: &World, place: &str, id: LoyaltyProgramId) -> Result<(), WorldError> {
    match world.loyalty_programs.iter().find(|program| program.id == id) {
        Some(program) if !program.card_based => {
            let reason = format!("the loyalty program {id} is not card-based");
            Err(WorldError::at(place, reason))
        }
        _ => {
            let known = world.loyalty_programs.iter().map(|program| program.id);
            has_id(place, "loyalty program", id, known)
        }
    }
}

fn check_reward(world: &World, place: &str, reward: &Reward) -> Result<(), WorldError> {
    match reward {
        Reward::SetDiscountPerItem(discount) => {
            check_items(world, &format!("{place}.setDiscountPerItem.items"), &discount.items)
        }
        Reward::AddLoyaltyPoints(points) => {
            let place = format!("{place}.addLoyaltyPoints");
            let items = points.items.as_ref();
            items.map_or(Ok(()), |it| check_items(world, &format!("{place}.items"), it))?;
            check_points(world, &place, points)
        }
        Reward::DeductLoyaltyPoints(points) => {
            check_points(world, &format!("{place}.deductLoyaltyPoints"), points)
        }
        Reward::ExtendLoyaltyPointsExpiryDate(points) => {
            let place = format!("{place}.extendLoyaltyPointsExpiryDate");
            check_ledger(world, &place, points.program_id, &points.sub_ledger_id)
        }
        Reward::SetLoyaltyPointsExpiryDate(points) => {
            let place = format!("{place}.setLoyaltyPointsExpiryDate");
            check_ledger(world, &place, points.program_id, &points.sub_ledger_id)
        }
        Reward::AddToAudience(id) => check_audience(world, &format!("{place}.addToAudience"), *id),
        Reward::RemoveFromAudience(id) => {
            check_audience(world, &format!("{place}.removeFromAudience"), *id)
        }
        Reward::StartAchievementProgress(id) => {
            check_achievement(world, &format!("{place}.startAchievementProgress"), *id)
        }
        Reward::IncreaseAchievementProgress(progress) => {
            let place = format!("{place}.increaseAchievementProgress.achievementId");
            check_achievement(world, &place, progress.achievement_id)
        }
        Reward::AwardGiveaway(id) => {
            let known = world.giveaway_pools.iter().map(|pool| pool.id);
            has_id(&format!("{place}.awardGiveaway"), "giveaway pool", *id, known)
        }
        Reward::UpdateAttribute(update) => {
            let place = format!("{place}.updateAttribute.path");
            let attributes = &world.attributes;
            let path = &*update.path;
            if let Some(name) = path.strip_prefix("Profile.Attributes.") {
                check_name(&place, "profile", attributes.profile.as_ref(), name)
            } else if let Some(name) = path.strip_prefix("Session.Attributes.") {
                check_name(&place, "session", attributes.session.as_ref(), name)
            } else {
                Ok(())
            }
        }
        _ => Ok(()),
    }
}

/// Checks a ledger that something names.
fn check_ledger(
    world: &World,
    place: &str,
    program_id: LoyaltyProgramId,
    subledger: &str,
) -> Result<(), WorldError> {
    let program = loyalty::program(world, &format!("{place}.programId"), program_id)?;
    loyalty::check_subledger(&format!("{place}.subLedgerId"), program, subledger)
}

fn check_points(world: &World, place: &str, points: &Points) -> Result<(), WorldError> {
    check_ledger(world, place, points.program_id, &points.sub_ledger_id)
}

fn check_tiers(world: &World, place: &str, condition: &LedgerTier) -> Result<(), WorldError> {
    check_ledger(world, place, condition.program_id, &condition.sub_ledger_id)?;
    let program = loyalty::program(world, place, condition.program_id)?;
    for (index, tier) in condition.tiers.iter().enumerate() {
        let known = program.tiers.iter().map(|tier| tier.name.as_str());
        is_declared(&format!("{place}.tiers[{index}]"), "tier", tier, known)?;
    }
    Ok(())
}

fn check_items(world: &World, place: &str, filter: &ItemFilter) -> Result<(), WorldError> {
    let ranges = [("price", filter.price), ("quantity", filter.quantity)];
    for (name, range) in ranges {
        range.map_or(Ok(()), |range| periods::check_range(&format!("{place}.{name}"), range))?;
    }
    let types = world.attributes.cart_item.as_ref();
    filter
        .attribute
        .as_ref()
        .map_or(Ok(()), |test| check_test(&format!("{place}.attribute"), "cart item", types, test))
}

fn check_test(
    place: &str,
    entity: &str,
    types: Option<&Types>,
    test: &AttributeTest,
) -> Result<(), WorldError> {
    periods::check_test(place, test)?;
    check_name(&format!("{place}.name"), entity, types, &test.name)
}

pub(super) fn check_name(
    place: &str,
    entity: &str,
    types: Option<&Types>,
    name: &str,
) -> Result<(), WorldError> {
    let Some(types) = types else { return Ok(()) };
    is_declared(place, &format!("{entity} attribute"), name, types.keys().map(String::as_str))
}

pub(super) fn check_values(
    place: &str,
    entity: &str,
    types: Option<&Types>,
    attributes: &Attributes,
) -> Result<(), WorldError> {
    for (name, value) in attributes.iter() {
        let place = format!("{place}.{name}");
        check_name(&place, entity, types, name)?;
        let kind = types.and_then(|types| types.get(name)).copied();
        if let Some(kind) = kind.filter(|kind| !value.is_null() && !kind.fits(value)) {
            return Err(WorldError::at(place, format!("must be {}", kind.article_and_name())));
        }
    }
    Ok(())
}

pub(super) fn has_id<Id: Copy + PartialEq + ToString>(
    place: &str,
    noun: &str,
    id: Id,
    mut known: impl Iterator<Item = Id>,
) -> Result<(), WorldError> {
    if known.any(|known| known == id) {
        return Ok(());
    }
    let reason = format!("there is no {noun} {} in this world", id.to_string());
    Err(WorldError::at(place, reason))
}

fn is_declared<'k>(
    place: &str,
    noun: &str,
    name: &str,
    known: impl Iterator<Item = &'k str> + Clone,
) -> Result<(), WorldError> {
    if known.clone().any(|known| known == name) {
        return Ok(());
    }
    let near = did_you_mean(name, known);
    let question = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    Err(WorldError::at(place, format!("there is no {noun} `{name}` in this world{question}")))
}
