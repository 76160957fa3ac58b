//! What closed sessions have used up of a campaign's limits.

use std::fmt;

use serde::{Deserialize, Serialize};
use talon_core::CampaignId;
use talon_core::model::LimitPeriod;

use crate::zone::Zone;
use talon_core::Timestamp;

/// One counter of one limit: of a campaign, for these entities, within this period.
///
/// Text such as `1/0/Profile:anna/2026-03`, so that a snapshot reads well.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct BudgetKey(String);

impl BudgetKey {
    /// The counter of the campaign's limit at `index` for these entities.
    pub(crate) fn new(
        campaign: CampaignId,
        index: usize,
        entities: &[String],
        period: Option<&str>,
    ) -> Self {
        let entities = entities.join("+");
        Self(format!("{campaign}/{index}/{entities}/{}", period.unwrap_or_default()))
    }
}

impl BudgetKey {
    /// The campaign, and the position of the limit among its limits.
    pub(crate) fn limit(&self) -> Option<(CampaignId, usize)> {
        let mut parts = self.0.split('/');
        let campaign: i64 = parts.next()?.parse().ok()?;
        Some((campaign.into(), parts.next()?.parse().ok()?))
    }
}

impl fmt::Display for BudgetKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
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
