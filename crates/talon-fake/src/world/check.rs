//! What types cannot say of a world.

use std::collections::BTreeSet;

use talon_core::document::did_you_mean;
use talon_core::model::{
    CampaignState, CodeGeneratorSettings, LimitConfig, LimitEntity, LimitPeriod,
};
use talon_core::{Amount, Attributes, CampaignId};

use super::{Application, Campaign, CaseSensitivity, World, WorldError};
use crate::clock::can_be_shown;
use crate::nesting::{self, MAX_LEVELS};
use crate::rules::{LIMITED, Reward};
use crate::state::Zone;

mod declared;
mod periods;

const LARGEST_AMOUNT: i64 = 1_000_000_000_000_000;
const LARGEST_PERCENT: i64 = 10_000;

impl World {
    /// Checks what types cannot: unique ids and codes, ranges, discounts that are one thing.
    pub(crate) fn check(&self) -> Result<(), WorldError> {
        if !can_be_shown(self.now) {
            return Err(WorldError::at("now", "must be within the years 1 to 9999"));
        }
        check_application(&self.application)?;
        if self.parallel_requests == Some(0) {
            return Err(WorldError::at("parallelRequests", "must be 1 or more"));
        }
        check_ids("loyaltyPrograms", self.loyalty_programs.iter().map(|program| program.id))?;
        check_ids("audiences", self.audiences.iter().map(|audience| audience.id))?;
        check_ids("giveawayPools", self.giveaway_pools.iter().map(|pool| pool.id))?;
        check_ids("profiles", self.profiles.iter().map(|profile| &profile.id))?;
        if let Some(index) = self.profiles.iter().position(|profile| profile.id.is_empty()) {
            return Err(WorldError::at(format!("profiles[{index}].id"), "must not be empty"));
        }
        let mut seen = Seen::default();
        for (index, campaign) in self.campaigns.iter().enumerate() {
            let place = format!("campaigns[{index}]");
            check_campaign(&place, campaign, &mut seen)?;
            check_codes(&place, campaign, self.application.case_sensitivity, &mut seen)?;
            for (index, limit) in campaign.limits.iter().enumerate() {
                check_budget(&format!("{place}.limits[{index}]"), limit)?;
            }
            check_rewards(&place, campaign)?;
        }
        periods::check(self)?;
        declared::check(self)?;
        check_nesting(self)
    }
}

/// What stands once in a world.
#[derive(Default)]
struct Seen {
    campaigns: BTreeSet<CampaignId>,
    coupons: BTreeSet<String>,
    referrals: BTreeSet<String>,
}

fn check_application(application: &Application) -> Result<(), WorldError> {
    let keys = &application.api_keys;
    for (index, key) in keys.iter().enumerate() {
        let place = || format!("application.apiKeys[{index}]");
        if key.is_empty() {
            return Err(WorldError::at(place(), "a key must not be empty"));
        }
        if keys[..index].contains(key) {
            return Err(WorldError::at(place(), "the same key stands here twice"));
        }
    }
    let key = &application.application_key;
    if key.is_empty() || !key.len().is_multiple_of(2) || !key.bytes().all(|b| b.is_ascii_hexdigit())
    {
        let reason = "must be hex digits, two for each byte";
        return Err(WorldError::at("application.applicationKey", reason));
    }
    if Zone::named(&application.time_zone).is_none() {
        let reason = "must be an IANA name such as Europe/Berlin";
        return Err(WorldError::at("application.timeZone", reason));
    }
    Ok(())
}

fn check_campaign(place: &str, campaign: &Campaign, seen: &mut Seen) -> Result<(), WorldError> {
    if campaign.name.is_empty() {
        return Err(WorldError::at(format!("{place}.name"), "must not be empty"));
    }
    if campaign.id.is_some_and(|id| id.get() < 1) {
        return Err(WorldError::at(format!("{place}.id"), "must be 1 or more"));
    }
    if campaign.id.is_some_and(|id| !seen.campaigns.insert(id)) {
        return Err(WorldError::at(format!("{place}.id"), "another campaign has this id"));
    }
    if let Some(state) = campaign.state.as_ref().filter(|state| !state.is_known()) {
        let reason = must_be_one_of(state.as_str(), CampaignState::KNOWN);
        return Err(WorldError::at(format!("{place}.state"), reason));
    }
    check_characters(&format!("{place}.referralSettings"), campaign.referral_settings.as_ref())?;
    check_characters(&format!("{place}.couponSettings"), campaign.coupon_settings.as_ref())
}

/// Without a character to choose, a code would be its pattern.
fn check_characters(
    place: &str,
    settings: Option<&CodeGeneratorSettings>,
) -> Result<(), WorldError> {
    let Some(CodeGeneratorSettings { valid_characters, coupon_pattern }) = settings else {
        return Ok(());
    };
    if valid_characters.is_empty() && coupon_pattern.contains('#') {
        let reason = "must not be empty; without it, letters and digits are taken";
        return Err(WorldError::at(format!("{place}.validCharacters"), reason));
    }
    match valid_characters.iter().position(|character| character.chars().count() != 1) {
        None => Ok(()),
        Some(index) => {
            let place = format!("{place}.validCharacters[{index}]");
            Err(WorldError::at(place, "must be one character"))
        }
    }
}

fn check_codes(
    place: &str,
    campaign: &Campaign,
    case: CaseSensitivity,
    seen: &mut Seen,
) -> Result<(), WorldError> {
    for (index, coupon) in campaign.coupons.iter().enumerate() {
        let place = format!("{place}.coupons[{index}]");
        let code = case.apply(coupon.value.as_str());
        check_code(&place, "value", &code, &mut seen.coupons)?;
        check_limit(&place, "usageLimit", coupon.usage_limit)?;
        if let Some(limit) = coupon.discount_limit {
            check_amount(&format!("{place}.discountLimit"), limit, LARGEST_AMOUNT)?;
        }
    }
    for (index, referral) in campaign.referrals.iter().enumerate() {
        let place = format!("{place}.referrals[{index}]");
        let code = case.apply(referral.code.as_str());
        check_code(&place, "code", &code, &mut seen.referrals)?;
        check_limit(&place, "usageLimit", referral.usage_limit)?;
    }
    Ok(())
}

fn check_ids<Id: Ord>(list: &str, ids: impl Iterator<Item = Id>) -> Result<(), WorldError> {
    let mut seen = BTreeSet::new();
    match ids.enumerate().find_map(|(index, id)| (!seen.insert(id)).then_some(index)) {
        None => Ok(()),
        Some(index) => {
            Err(WorldError::at(format!("{list}[{index}].id"), "another one has this id"))
        }
    }
}

fn check_code(
    place: &str,
    member: &str,
    code: &str,
    seen: &mut BTreeSet<String>,
) -> Result<(), WorldError> {
    if code.chars().count() < 4 {
        return Err(WorldError::at(format!("{place}.{member}"), "must have 4 characters or more"));
    }
    if !seen.insert(code.to_owned()) {
        return Err(WorldError::at(format!("{place}.{member}"), "another one has this code"));
    }
    Ok(())
}

fn check_limit(place: &str, member: &str, limit: i64) -> Result<(), WorldError> {
    if (0..=999_999).contains(&limit) {
        Ok(())
    } else {
        Err(WorldError::at(format!("{place}.{member}"), "must be 0 to 999999"))
    }
}

/// Words that nobody knows would be limits that never bind.
fn check_budget(place: &str, limit: &LimitConfig) -> Result<(), WorldError> {
    let action = limit.action.as_str();
    if !LIMITED.contains(&action) {
        let reason = must_be_one_of(action, LIMITED);
        return Err(WorldError::at(format!("{place}.action"), reason));
    }
    if let Some(index) = limit.entities.iter().position(|entity| !entity.is_known()) {
        let reason = must_be_one_of(limit.entities[index].as_str(), LimitEntity::KNOWN);
        return Err(WorldError::at(format!("{place}.entities[{index}]"), reason));
    }
    if let Some(period) = limit.period.as_ref().filter(|period| !period.is_known()) {
        let reason = must_be_one_of(period.as_str(), LimitPeriod::KNOWN);
        return Err(WorldError::at(format!("{place}.period"), reason));
    }
    check_amount(&format!("{place}.limit"), limit.limit, LARGEST_AMOUNT)
}

fn must_be_one_of(given: &str, known: &[impl ToString]) -> String {
    let known: Vec<_> = known.iter().map(ToString::to_string).collect();
    let reason = format!("must be one of {}", known.join(", "));
    match did_you_mean(given, known.iter().map(String::as_str)) {
        Some(near) => format!("{reason}; did you mean `{near}`?"),
        None => reason,
    }
}

fn check_rewards(place: &str, campaign: &Campaign) -> Result<(), WorldError> {
    for (rule_index, rule) in campaign.rules.iter().enumerate() {
        for (index, reward) in rule.then.iter().enumerate() {
            let place = format!("{place}.rules[{rule_index}].then[{index}]");
            match reward {
                Reward::SetDiscount(discount) => {
                    check_worth(&place, discount.percent, discount.amount)?;
                }
                Reward::SetDiscountPerItem(discount) => {
                    check_worth(&place, discount.percent, discount.amount)?;
                }
                Reward::SetDiscountPerAdditionalCost(discount)
                | Reward::SetDiscountPerAdditionalCostPerItem(discount) => {
                    check_worth(&place, discount.percent, discount.amount)?;
                }
                Reward::AddLoyaltyPoints(points) | Reward::DeductLoyaltyPoints(points) => {
                    check_amount(&format!("{place}.points"), points.points, LARGEST_AMOUNT)?;
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// What nests too deep could be served, and not be read back from a state file.
fn check_nesting(world: &World) -> Result<(), WorldError> {
    for (index, profile) in world.profiles.iter().enumerate() {
        check_attributes(&format!("profiles[{index}]"), &profile.attributes)?;
    }
    for (index, campaign) in world.campaigns.iter().enumerate() {
        let place = format!("campaigns[{index}]");
        check_attributes(&place, &campaign.attributes)?;
        for (index, coupon) in campaign.coupons.iter().enumerate() {
            check_attributes(&format!("{place}.coupons[{index}]"), &coupon.attributes)?;
        }
        for (index, rule) in campaign.rules.iter().enumerate() {
            // A rule with a closure has no levels, and its world no file.
            if nesting::levels_of(rule).is_some_and(|levels| levels > MAX_LEVELS) {
                let reason = format!("a rule nests {MAX_LEVELS} levels deep at most");
                return Err(WorldError::at(format!("{place}.rules[{index}]"), reason));
            }
        }
    }
    Ok(())
}

fn check_attributes(place: &str, attributes: &Attributes) -> Result<(), WorldError> {
    let Some(name) = nesting::too_deep(attributes) else { return Ok(()) };
    let reason = format!("an attribute nests {MAX_LEVELS} levels deep at most");
    Err(WorldError::at(format!("{place}.attributes.{name}"), reason))
}

fn check_worth(
    place: &str,
    percent: Option<Amount>,
    amount: Option<Amount>,
) -> Result<(), WorldError> {
    match (percent, amount) {
        (Some(percent), None) => check_amount(place, percent, LARGEST_PERCENT),
        (None, Some(amount)) => check_amount(place, amount, LARGEST_AMOUNT),
        _ => Err(WorldError::at(place, "needs either percent or amount")),
    }
}

/// Sums and products of what passes this stay far from the largest [`Amount`].
fn check_amount(place: &str, amount: Amount, largest: i64) -> Result<(), WorldError> {
    if amount.is_negative() || amount > largest.into() {
        return Err(WorldError::at(place, format!("must be 0 to {largest}")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(json: &str) -> String {
        World::from_json(json).unwrap_err().to_string()
    }

    #[test]
    fn a_broken_file_says_where() {
        let broken = error("{\n  \"campaigns\": [{\"name\": \"A\", \"coupon\": []}]\n}");

        assert!(broken.contains("campaigns[0].coupon"), "{broken}");
        assert!(broken.contains("line 2 column"), "{broken}");
    }

    #[test]
    fn a_code_stands_once() {
        let twice = error(
            r#"{"campaigns":[{"name":"A","coupons":[{"value":"AAAA"}]},{"name":"B","coupons":[{"value":"AAAA"}]}]}"#,
        );

        assert!(twice.contains("campaigns[1].coupons[0].value"), "{twice}");
    }

    #[test]
    fn a_list_is_no_world() {
        assert!(error(" []").contains("must be an object"));
    }

    #[test]
    fn what_is_cut_off_is_nowhere_in_particular() {
        let cut_off = World::from_json("{").unwrap_err();

        assert_eq!(cut_off.member(), "");
    }

    #[test]
    fn a_campaign_has_a_name() {
        assert!(error(r#"{"campaigns":[{"name":""}]}"#).contains("campaigns[0].name"));
    }

    #[test]
    fn an_id_stands_once() {
        let twice = |list: &str, one: &str| error(&format!(r#"{{"{list}":[{one},{one}]}}"#));

        assert!(twice("campaigns", r#"{"id":1,"name":"A"}"#).contains("campaigns[1].id"));
        assert!(twice("audiences", r#"{"id":1,"name":"A"}"#).contains("audiences[1].id"));
        assert!(twice("giveawayPools", r#"{"id":1,"name":"A"}"#).contains("giveawayPools[1].id"));
        assert!(twice("loyaltyPrograms", r#"{"id":1}"#).contains("loyaltyPrograms[1].id"));
        assert!(twice("profiles", r#"{"id":"anna"}"#).contains("profiles[1].id"));
        let no_next_id =
            format!(r#"{{"campaigns":[{{"id":{},"name":"A"}},{{"name":"B"}}]}}"#, i64::MAX);
        assert!(error(&no_next_id).contains("campaigns[1].id"));
    }

    #[test]
    fn a_world_that_takes_no_request_is_none() {
        assert!(error(r#"{"parallelRequests":0}"#).contains("parallelRequests: must be 1"));
    }

    #[test]
    fn a_limit_is_of_something_that_can_be_limited() {
        let with_limit =
            |limit: &str| error(&format!(r#"{{"campaigns":[{{"name":"A","limits":[{limit}]}}]}}"#));

        let action = with_limit(r#"{"action":"redeemCoupons","limit":1,"entities":[]}"#);
        assert!(action.contains("limits[0].action: must be one of redeemCoupon,"), "{action}");
        let entity =
            with_limit(r#"{"action":"redeemCoupon","limit":1,"entities":["Coupon","Customer"]}"#);
        assert!(entity.contains("entities[1]: must be one of Coupon,"), "{entity}");
        let period =
            with_limit(r#"{"action":"redeemCoupon","limit":1,"entities":[],"period":"hourly"}"#);
        assert!(period.contains("period: must be one of daily,"), "{period}");
    }

    #[test]
    fn a_discount_is_percent_or_amount() {
        let neither = error(
            r#"{"campaigns":[{"name":"A","rules":[{"name":"r","then":[{"setDiscount":{"name":"x"}}]}]}]}"#,
        );

        assert!(neither.contains("rules[0].then[0]"), "{neither}");
    }
}
