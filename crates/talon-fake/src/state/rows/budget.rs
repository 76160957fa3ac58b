//! How much of the limits of campaigns is used up.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use talon_core::model::LimitPeriod;
use talon_core::{Amount, CampaignId, Timestamp};

use crate::state::key_text::{self, text_key};
use crate::store::Row;
use crate::zone::Zone;

/// How much of a limit is used up, for one set of entities within one period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Budget {
    pub(crate) key: BudgetKey,
    pub(crate) used: Amount,
}

/// A counter of a limit.
///
/// Its text is such as `1/0/2026-03/Profile:anna`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct BudgetKey {
    campaign: CampaignId,
    /// The position of the limit among those of its campaign.
    limit: usize,
    /// The period of a limit that starts anew each day, week, month or year.
    period: Option<String>,
    /// What the limit counts by, such as `Profile:anna`; nothing for the campaign as a whole.
    entities: Vec<String>,
}

impl BudgetKey {
    /// The counter of the campaign's limit at `index` for these entities.
    pub(crate) fn new(
        campaign: CampaignId,
        index: usize,
        entities: &[String],
        period: Option<&str>,
    ) -> Self {
        let period = period.map(ToOwned::to_owned);
        Self { campaign, limit: index, period, entities: entities.to_vec() }
    }

    /// The campaign, and the position of the limit among its limits.
    pub(crate) fn limit(&self) -> (CampaignId, usize) {
        (self.campaign, self.limit)
    }
}

impl fmt::Display for BudgetKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let period = self.period.as_deref().unwrap_or_default();
        write!(f, "{}/{}/", self.campaign, self.limit)?;
        let entities = self.entities.iter().map(String::as_str);
        key_text::write(f, [period].into_iter().chain(entities))
    }
}

impl FromStr for BudgetKey {
    type Err = key_text::ParseKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = key_text::parts(text);
        let campaign = key_text::number::<i64>(parts.next())?.into();
        let limit = key_text::number(parts.next())?;
        let period = Some(parts.next().ok_or(key_text::ParseKeyError)?);
        let period = period.filter(|period| !period.is_empty());
        Ok(Self { campaign, limit, period, entities: parts.collect() })
    }
}

text_key!(BudgetKey);

impl Row for Budget {
    type Key = BudgetKey;
    type Stored = Self;

    fn key(&self) -> &BudgetKey {
        &self.key
    }
}

/// Name of the period that `now` falls into, in the application's time zone.
pub(crate) fn period_of(period: &LimitPeriod, now: Timestamp, zone: &Zone) -> String {
    let date = zone.date(now);
    match period {
        LimitPeriod::Daily => date.to_string(),
        LimitPeriod::Weekly => {
            let week = date.iso_week_date();
            format!("{}-W{:02}", week.year(), week.week())
        }
        LimitPeriod::Monthly => format!("{}-{:02}", date.year(), date.month()),
        LimitPeriod::Yearly => date.year().to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(entities: &[&str], period: Option<&str>) -> BudgetKey {
        let entities: Vec<_> = entities.iter().map(|entity| (*entity).to_owned()).collect();
        BudgetKey::new(7.into(), 1, &entities, period)
    }

    #[test]
    fn different_entities_have_different_counters() {
        let one = key(&["Profile:anna+Store:berlin"], None);
        let two = key(&["Profile:anna", "Store:berlin"], None);
        let slash = key(&["Profile:anna/Store:berlin"], None);

        assert!(one != two && one != slash && two != slash);
        let texts: std::collections::BTreeSet<_> =
            [one, two, slash].iter().map(ToString::to_string).collect();
        assert_eq!(texts.len(), 3, "{texts:?}");
    }

    #[test]
    fn the_text_of_a_key_is_read_back() {
        for key in [
            key(&[], None),
            key(&[], Some("2026-03")),
            key(&["Profile:"], None),
            key(&["Profile:a/b%2F+c", "Coupon:%"], Some("2026-W07")),
        ] {
            let text = key.to_string();
            assert_eq!(text.parse::<BudgetKey>(), Ok(key), "{text}");
        }
        assert_eq!(key(&["Profile:anna"], Some("2026-03")).to_string(), "7/1/2026-03/Profile:anna");
        for text in ["", "7", "7/1", "x/1/", "7/-1/"] {
            assert!(text.parse::<BudgetKey>().is_err(), "{text}");
        }
    }
}
