//! Everything a fake remembers, as a value.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use talon_core::{
    Amount, Attributes, CampaignId, CouponCode, ProfileId, ReferralCode, SessionId, Timestamp, json,
};

use crate::Fake;
use crate::control::differences;
use crate::nesting::{self, MAX_ROW_LEVELS};
use crate::state::{
    Budget, BudgetKey, CampaignCounts, Ids, IdsPosition, PoolUsage, State, StoredCoupon,
    StoredProfile, StoredReferral, StoredReply, StoredSession,
};
use crate::store::{EncodedRow, Row};
use crate::time::Time;
use crate::world::{Application, World, WorldError};

/// Everything a [`Fake`] remembers, from [`Fake::snapshot`]: its world, clock, ids, all that
/// requests changed, and the replies that a served fake keeps by `Idempotency-Key`. Calls and
/// faults are no part of it.
///
/// In JSON, members and entries have a fixed order, so that two of them can be compared by any
/// tool. A world with closures has no JSON form.
///
/// ```
/// # use talon_core::prelude::*;
/// use talon_fake::{Fake, Snapshot, World};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let talon = Fake::new(World::new())?;
/// let before = talon.snapshot();
///
/// let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
/// talon.update_customer_profile_v2(request).await?;
/// assert_ne!(talon.snapshot(), before);
///
/// let json = serde_json::to_string_pretty(&before)?;
/// talon.restore(&serde_json::from_str::<Snapshot>(&json)?)?;
/// assert_eq!(talon.profile("anna"), None);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Snapshot(Box<Contents>);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Contents {
    /// What it began with; the definitions of campaigns, programs and schemas are only here.
    world: Arc<World>,
    changed: Changed,
}

/// What requests and the clock changed since.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Changed {
    now: Timestamp,
    /// Whether the clock runs with that of the machine; left out while it does not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    follows_system: bool,
    ids: IdsPosition,
    counts: BTreeMap<CampaignId, CampaignCounts>,
    budgets: BTreeMap<BudgetKey, Amount>,
    awarded: BTreeMap<i64, usize>,
    coupons: BTreeMap<CouponCode, Arc<StoredCoupon>>,
    referrals: BTreeMap<ReferralCode, Arc<StoredReferral>>,
    profiles: BTreeMap<ProfileId, Arc<EncodedRow<StoredProfile>>>,
    sessions: BTreeMap<SessionId, Arc<EncodedRow<StoredSession>>>,
    /// The oldest first; left out while there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    replies: Vec<Arc<StoredReply>>,
}

impl Snapshot {
    /// Where `later` differs, a line each, such as
    /// `/sessions/cart-1/session/state: expected "open", found "closed"`.
    pub fn diff(&self, later: &Self) -> Vec<String> {
        let json = |snapshot: &Self| {
            let json = json::to_vec(&snapshot.0.changed).unwrap_or_default();
            json::value_from_slice(&json).unwrap_or_default()
        };
        let found = differences(&json(self), &json(later));
        let seeds_differ = self.0.world != later.0.world;
        let world = seeds_differ.then(|| "/world: not the same".to_owned());
        world.into_iter().chain(found.iter().map(ToString::to_string)).collect()
    }
}

impl Fake {
    /// Everything it remembers, as a value; requests wait while it is taken, not while it is
    /// put in order.
    pub fn snapshot(&self) -> Snapshot {
        self.with_exclusive_lock(Taken::of).in_order()
    }

    /// A fake that goes on where the snapshot was taken.
    ///
    /// # Errors
    /// [`WorldError`] with the member that is wrong, of the snapshot's world or of a row in it.
    pub fn from_snapshot(snapshot: &Snapshot) -> Result<Self, WorldError> {
        let Contents { world, changed } = (*snapshot.0).clone();
        world.check()?;
        changed.check()?;
        Ok(Self::from_state(changed.onto(world)))
    }

    /// Goes on where the snapshot was taken, of this fake or of another: no calls, no faults. Only
    /// its API keys stay what they are.
    ///
    /// # Errors
    /// [`WorldError`] with the member that is wrong, of the snapshot's world or of a row in it;
    /// then nothing has changed.
    pub fn restore(&self, snapshot: &Snapshot) -> Result<(), WorldError> {
        let Contents { world, changed } = (*snapshot.0).clone();
        world.check()?;
        changed.check()?;
        let api_keys = self.application().api_keys;
        let application = Application { api_keys, ..world.application.clone() };
        let world = World { application, ..World::clone(&world) };
        self.replace_state(changed.onto(Arc::new(world)));
        Ok(())
    }
}

/// What a snapshot is made of, as it was at one moment: rows are shared, not copied.
struct Taken {
    world: Arc<World>,
    time: Time,
    ids: IdsPosition,
    counts: BTreeMap<CampaignId, CampaignCounts>,
    budgets: Vec<Arc<Budget>>,
    awarded: Vec<Arc<PoolUsage>>,
    coupons: Vec<Arc<StoredCoupon>>,
    referrals: Vec<Arc<StoredReferral>>,
    profiles: Vec<Arc<EncodedRow<StoredProfile>>>,
    sessions: Vec<Arc<EncodedRow<StoredSession>>>,
    replies: Vec<Arc<StoredReply>>,
}

impl Taken {
    fn of(state: &State) -> Self {
        Self {
            world: Arc::clone(&state.world),
            time: state.time(),
            ids: state.ids.position(),
            counts: state.counts.counted(),
            budgets: state.budgets.filter(|_| true),
            awarded: state.awarded.filter(|_| true),
            coupons: state.coupons.filter(|_| true),
            referrals: state.referrals.filter(|_| true),
            profiles: state.profiles.filter(|_| true),
            sessions: state.sessions.filter(|_| true),
            replies: state.replies().all(),
        }
    }

    fn in_order(self) -> Snapshot {
        let changed = Changed {
            now: self.time.now(),
            follows_system: self.time.follows_system(),
            ids: self.ids,
            counts: self.counts,
            budgets: self.budgets.iter().map(|row| (row.key.clone(), row.used)).collect(),
            awarded: self.awarded.iter().map(|row| (row.pool, row.gone)).collect(),
            coupons: sorted::<StoredCoupon>(self.coupons),
            referrals: sorted::<StoredReferral>(self.referrals),
            profiles: sorted::<StoredProfile>(self.profiles),
            sessions: sorted::<StoredSession>(self.sessions),
            replies: self.replies,
        };
        Snapshot(Box::new(Contents { world: self.world, changed }))
    }
}

impl Changed {
    /// Refuses rows that could be served, and not be read back from a state file.
    fn check(&self) -> Result<(), WorldError> {
        let too_deep = |list: &str, key: &str| {
            let reason = format!("a row nests {MAX_ROW_LEVELS} levels deep at most");
            Err(WorldError::at(format!("changed.{list}.{key}"), reason))
        };
        let is_deep = |levels: Option<usize>| levels.is_some_and(|levels| levels > MAX_ROW_LEVELS);
        if let Some((id, _)) = self.sessions.iter().find(|(_, row)| is_deep(row.levels())) {
            return too_deep("sessions", id.as_str());
        }
        if let Some((id, _)) = self.profiles.iter().find(|(_, row)| is_deep(row.levels())) {
            return too_deep("profiles", id.as_str());
        }
        let is_deep =
            |attributes: Option<&Attributes>| attributes.and_then(nesting::too_deep).is_some();
        let of_coupon = |row: &StoredCoupon| is_deep(row.coupon.attributes.as_ref());
        if let Some((code, _)) = self.coupons.iter().find(|(_, row)| of_coupon(row)) {
            return too_deep("coupons", code.as_str());
        }
        let of_referral = |row: &StoredReferral| is_deep(row.referral.attributes.as_ref());
        match self.referrals.iter().find(|(_, row)| of_referral(row)) {
            Some((code, _)) => too_deep("referrals", code.as_str()),
            None => Ok(()),
        }
    }

    fn onto(self, world: Arc<World>) -> State {
        let time = Time::resumed(self.now, self.follows_system);
        let state = State::empty(world, Ids::from(self.ids), time, self.counts);
        let budgets = self.budgets.into_iter().map(|(key, used)| Budget { key, used });
        let awarded = self.awarded.into_iter().map(|(pool, gone)| PoolUsage { pool, gone });
        state.budgets.fill(budgets.map(Arc::new));
        state.awarded.fill(awarded.map(Arc::new));
        state.coupons.fill(self.coupons.into_values());
        state.referrals.fill(self.referrals.into_values());
        state.profiles.fill(self.profiles.into_values());
        state.sessions.fill(self.sessions.into_values());
        state.replies().fill(self.replies);
        state
    }
}

fn sorted<R: Row>(rows: Vec<Arc<R::Stored>>) -> BTreeMap<R::Key, Arc<R::Stored>> {
    rows.into_iter().map(|row| (R::key_of(&row).clone(), row)).collect()
}
