//! Everything a fake remembers, as a value.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use talon_core::{Amount, CampaignId, CouponCode, ProfileId, ReferralCode, SessionId, Timestamp};

use crate::Fake;
use crate::calls::differences;
use crate::state::{
    BudgetKey, CampaignCounts, Ids, State, StoredCoupon, StoredProfile, StoredReferral,
    StoredSession,
};
use crate::world::{Application, World, WorldError};

/// Everything a [`Fake`] remembers, from [`Fake::snapshot`]: its world, clock, ids and all that
/// requests changed. Calls and faults are no part of it.
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
    world: World,
    changed: Changed,
}

/// What requests and the clock changed since.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Changed {
    now: Timestamp,
    ids: Ids,
    counts: BTreeMap<CampaignId, CampaignCounts>,
    budgets: BTreeMap<BudgetKey, Amount>,
    awarded: BTreeMap<i64, usize>,
    coupons: BTreeMap<CouponCode, StoredCoupon>,
    referrals: BTreeMap<ReferralCode, StoredReferral>,
    profiles: BTreeMap<ProfileId, StoredProfile>,
    sessions: BTreeMap<SessionId, StoredSession>,
}

impl Snapshot {
    /// Where `later` differs, a line each, such as
    /// `/sessions/cart-1/session/state: expected "open", found "closed"`.
    pub fn diff(&self, later: &Self) -> Vec<String> {
        let json =
            |snapshot: &Self| serde_json::to_value(&snapshot.0.changed).unwrap_or(Value::Null);
        let found = differences(&json(self), &json(later));
        let seeds_differ = self.0.world != later.0.world;
        let world = seeds_differ.then(|| "/world: not the same".to_owned());
        world.into_iter().chain(found.iter().map(ToString::to_string)).collect()
    }
}

impl Fake {
    /// Everything it remembers, as a value.
    pub fn snapshot(&self) -> Snapshot {
        let state = self.state();
        let changed = Changed {
            now: state.now,
            ids: state.ids.clone(),
            counts: sorted(&state.counts),
            budgets: sorted(&state.budgets),
            awarded: sorted(&state.awarded),
            coupons: sorted(&state.coupons),
            referrals: sorted(&state.referrals),
            profiles: sorted(&state.profiles),
            sessions: sorted(&state.sessions),
        };
        Snapshot(Box::new(Contents { world: self.world(), changed }))
    }

    /// A fake that goes on where the snapshot was taken.
    ///
    /// # Errors
    /// [`WorldError`] with the member of the snapshot's world that is wrong.
    pub fn from_snapshot(snapshot: &Snapshot) -> Result<Self, WorldError> {
        let fake = Self::new(snapshot.0.world.clone())?;
        fake.restore(snapshot)?;
        Ok(fake)
    }

    /// Goes on where the snapshot was taken, of this fake or of another: no calls, no faults. Only
    /// its API keys stay what they are.
    ///
    /// # Errors
    /// [`WorldError`] with the member of the snapshot's world that is wrong; then nothing has
    /// changed.
    pub fn restore(&self, snapshot: &Snapshot) -> Result<(), WorldError> {
        let Contents { world, changed } = (*snapshot.0).clone();
        world.check()?;
        let api_keys = self.application().api_keys;
        let world = World { application: Application { api_keys, ..world.application }, ..world };
        self.begin(world, |state| changed.put(state));
        Ok(())
    }
}

impl Changed {
    fn put(self, state: &mut State) {
        state.now = self.now;
        state.ids = self.ids;
        state.counts = self.counts.into_iter().collect();
        state.budgets = self.budgets.into_iter().collect();
        state.awarded = self.awarded.into_iter().collect();
        state.coupons = self.coupons.into_iter().collect();
        state.referrals = self.referrals.into_iter().collect();
        state.profiles = self.profiles.into_iter().collect();
        state.sessions = self.sessions.into_iter().collect();
    }
}

fn sorted<K: Clone + Ord, V: Clone>(map: &HashMap<K, V>) -> BTreeMap<K, V> {
    map.iter().map(|(key, value)| (key.clone(), value.clone())).collect()
}
