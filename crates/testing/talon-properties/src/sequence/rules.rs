//! Rules of every condition and every reward.

use arbitrary::{Result, Unstructured};
use talon_core::Amount;
use talon_core::effect::{
    AddFreeItem, CustomEffect, ShowNotification, TriggerWebhook, UpdateAttribute,
};
use talon_fake::rules::{
    AttributeTest, Condition, CostDiscount, Discount, ItemFilter, LedgerBalance, LedgerTier,
    Pending, Period, Points, PointsExtension, Range, Reward, Rule, Validity, Weekday,
};

use super::values::{
    AUDIENCES, CARD_PROGRAM, COSTS, EVENTS, LEDGERS, POOLS, PROGRAMS, SKUS, amount, maybe, once_in,
    one_of, up_to,
};

/// Nesting of conditions.
const DEPTH: u8 = 2;

pub(super) fn generate(bytes: &mut Unstructured<'_>, campaign: i64, number: u8) -> Result<Rule> {
    let mut rule = Rule::new(format!("rule {number}")).when(condition(bytes, campaign, DEPTH)?);
    rule.then = up_to(bytes, 3, |bytes| reward(bytes, campaign))?;
    Ok(rule)
}

fn condition(bytes: &mut Unstructured<'_>, campaign: i64, depth: u8) -> Result<Condition> {
    let parts = |bytes: &mut Unstructured<'_>| {
        up_to(bytes, 2, |bytes| condition(bytes, campaign, depth.saturating_sub(1)))
    };
    let last = if depth == 0 { 23 } else { 26 };
    Ok(match bytes.int_in_range(0..=last)? {
        0 | 1 => Condition::Always,
        2 | 3 => Condition::CouponValid,
        4 => Condition::CouponIs(vec![format!("code-{campaign}1").to_uppercase().into()]),
        5 | 6 => Condition::ReferralValid,
        7 => Condition::CartTotal(range(bytes)?),
        8 => Condition::SessionTotal(range(bytes)?),
        9 => Condition::ItemCount(range(bytes)?),
        10 => Condition::AnyItem(ItemFilter::sku(one_of(bytes, SKUS)?)),
        11 => Condition::FirstSession(bytes.arbitrary()?),
        12 => Condition::ClosedSessions(range(bytes)?),
        13 => Condition::TotalSales(range(bytes)?),
        14 => Condition::SessionState(one_of(bytes, talon_core::model::SessionState::KNOWN)?),
        15 => Condition::ProfileAttribute(AttributeTest::is("Tier", "gold")),
        16 => Condition::SessionAttribute(AttributeTest::is("Tier", "gold")),
        17 => Condition::Event(one_of(bytes, EVENTS)?.to_owned()),
        18 => Condition::Weekday(vec![one_of(bytes, &[Weekday::Sunday, Weekday::Monday])?]),
        19 => Condition::Hour(range(bytes)?),
        20 => Condition::LoyaltyBalance(LedgerBalance::current(
            one_of(bytes, PROGRAMS)?,
            range(bytes)?,
        )),
        21 => Condition::LoyaltyTier(LedgerTier::named(PROGRAMS[0], "silver")),
        22 => Condition::card_valid(CARD_PROGRAM),
        23 => Condition::card_registered(CARD_PROGRAM),
        24 => Condition::All(parts(bytes)?),
        25 => Condition::Any(parts(bytes)?),
        _ => !condition(bytes, campaign, depth - 1)?,
    })
}

fn range(bytes: &mut Unstructured<'_>) -> Result<Range> {
    let bound = amount(bytes)?;
    Ok(if bytes.arbitrary()? { Range::below(bound) } else { Range::at_least(bound) })
}

fn reward(bytes: &mut Unstructured<'_>, campaign: i64) -> Result<Reward> {
    let name = "reward".to_owned();
    Ok(match bytes.int_in_range(0..=19u8)? {
        0 | 1 => Reward::set_discount(name, discount(bytes)?),
        2 => {
            let items = maybe(bytes, |bytes| one_of(bytes, SKUS))?;
            let items = items.map(ItemFilter::sku).unwrap_or_default();
            Reward::set_discount_per_item(name, discount(bytes)?, items)
        }
        3 => Reward::SetDiscountPerAdditionalCost(cost_discount(bytes)?),
        4 => Reward::SetDiscountPerAdditionalCostPerItem(cost_discount(bytes)?),
        5 => Reward::AddFreeItem(AddFreeItem { sku: "pen".into(), name, ..Default::default() }),
        6 => Reward::AddLoyaltyPoints(points(bytes)?),
        7 => {
            let items = maybe(bytes, |bytes| one_of(bytes, SKUS))?;
            let items = Some(items.map(ItemFilter::sku).unwrap_or_default());
            Reward::AddLoyaltyPoints(Points { items, ..points(bytes)? })
        }
        8 => Reward::DeductLoyaltyPoints(points(bytes)?),
        9 => Reward::CreateCoupon,
        10 => Reward::CreateReferral,
        11 => Reward::RedeemReferral,
        12 => Reward::ReserveCoupon(format!("CODE-{campaign}1").into()),
        13 => Reward::AddToAudience(one_of(bytes, AUDIENCES)?.into()),
        14 => Reward::RemoveFromAudience(one_of(bytes, AUDIENCES)?.into()),
        15 => Reward::AwardGiveaway(one_of(bytes, POOLS)?),
        16 => Reward::CustomEffect(CustomEffect { name, ..Default::default() }),
        17 => Reward::TriggerWebhook(TriggerWebhook::default()),
        18 => Reward::ExtendLoyaltyPointsExpiryDate(PointsExtension {
            program_id: one_of(bytes, PROGRAMS)?.into(),
            sub_ledger_id: one_of(bytes, LEDGERS)?.to_owned(),
            extension_duration: Period::days(one_of(bytes, DAYS)?),
        }),
        _ if once_in(bytes, 2)? => Reward::ShowNotification(ShowNotification::default()),
        _ => {
            let path = one_of(bytes, &["Profile.Attributes.Tier", "Session.Attributes.Tier"])?;
            Reward::UpdateAttribute(UpdateAttribute { path: path.into(), value: "gold".into() })
        }
    })
}

fn discount(bytes: &mut Unstructured<'_>) -> Result<Discount> {
    const PERCENT: &[i64] = &[10, 0, 7, 50, 100];
    if once_in(bytes, 2)? {
        return Ok(Discount::amount(amount(bytes)?));
    }
    Ok(Discount::percent(Amount::from(one_of(bytes, PERCENT)?)))
}

fn cost_discount(bytes: &mut Unstructured<'_>) -> Result<CostDiscount> {
    let Discount { name, percent, amount } = discount(bytes)?;
    Ok(CostDiscount { name, percent, amount, cost: one_of(bytes, COSTS)?.to_owned() })
}

const DAYS: &[u32] = &[1, 2, 30];

fn pending(bytes: &mut Unstructured<'_>) -> Result<Pending> {
    if once_in(bytes, 4)? {
        return Ok(Pending::OnAction);
    }
    one_of(bytes, DAYS).map(Pending::days)
}

fn points(bytes: &mut Unstructured<'_>) -> Result<Points> {
    Ok(Points {
        program_id: one_of(bytes, PROGRAMS)?.into(),
        sub_ledger_id: one_of(bytes, LEDGERS)?.to_owned(),
        points: amount(bytes)?,
        pending: if once_in(bytes, 4)? { Some(pending(bytes)?) } else { None },
        validity: maybe(bytes, |bytes| one_of(bytes, DAYS).map(Validity::days))?,
        ..Points::default()
    })
}
