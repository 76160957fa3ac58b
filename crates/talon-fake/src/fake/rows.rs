//! One row at a time: what a test adds, replaces and removes while the rest of the world stays.

use std::sync::{Arc, PoisonError};

use talon_core::{AudienceId, CampaignId, CouponCode, ProfileId};

use super::Fake;
use crate::engine::{audiences, ledger, removal};
use crate::state::{State, StoredCoupon, Transaction, TransactionId};
use crate::world::{Audience, Campaign, Coupon, LedgerEntry, Profile, World, WorldError};

/// Rows that a test adds, replaces and removes. Calls, faults and all other rows stay. A reset goes back
/// to the world as it was seeded.
impl Fake {
    /// Adds a campaign, or replaces the definition of the one with its id in its place. Its coupons and
    /// referrals are added; others that the campaign has, and its counters, stay.
    ///
    /// ```
    /// use talon_fake::rules::*;
    /// use talon_fake::{Campaign, Fake, World};
    ///
    /// let talon = Fake::new(World::demo())?;
    /// let rule = Rule::new("5 off").then(Reward::set_discount("5 off", Discount::amount(5)));
    ///
    /// let id = talon.put_campaign(Campaign::new("Autumn").coupon("AUTUMN").rule(rule))?;
    ///
    /// assert_eq!(talon.coupon("AUTUMN").expect("a coupon").campaign_id, id);
    /// assert!(talon.coupon("SUMMER10").is_some(), "the other campaign stays");
    /// # Ok::<(), talon_fake::WorldError>(())
    /// ```
    ///
    /// # Errors
    /// [`WorldError`] names the member of the campaign that is wrong; nothing has changed then.
    pub fn put_campaign(&self, campaign: Campaign) -> Result<CampaignId, WorldError> {
        let _guard = self.lock_exclusive();
        let before = self.state();
        let mut world = before.definitions();
        let place = world.put_campaign(campaign);
        world.check().map_err(|error| error.of_row(&format!("campaigns[{place}]")))?;
        let whole = world.campaigns[place].clone();
        let id = whole.id.unwrap_or_default();
        check_codes(&before, &whole, id)?;
        world.campaigns[place].coupons.clear();
        world.campaigns[place].referrals.clear();
        let after = before.with_definitions(Arc::new(world));
        after.load_codes(&whole, id);
        self.put_state(after);
        Ok(id)
    }

    /// Removes a campaign with its coupons and referrals; returns whether there was one.
    ///
    /// # Errors
    /// [`WorldError`] names what still refers to the campaign, such as an achievement.
    pub fn remove_campaign(&self, id: impl Into<CampaignId>) -> Result<bool, WorldError> {
        let id = id.into();
        let _guard = self.lock_exclusive();
        let before = self.state();
        let mut world = before.definitions();
        let count = world.campaigns.len();
        world.campaigns.retain(|campaign| campaign.id != Some(id));
        if world.campaigns.len() == count {
            return Ok(false);
        }
        world.check()?;
        let after = before.with_definitions(Arc::new(world));
        let mut tx = Transaction::new(&after);
        removal::codes_of(&mut tx, id);
        commit(tx);
        self.put_state(after);
        Ok(true)
    }

    /// Adds a coupon to a campaign, in place of the one with its code: not redeemed and not reserved.
    ///
    /// # Errors
    /// [`WorldError`] names the member of the coupon that is wrong, or `campaignId` when there is no such
    /// campaign.
    pub fn put_coupon(
        &self,
        campaign: impl Into<CampaignId>,
        coupon: impl Into<Coupon>,
    ) -> Result<(), WorldError> {
        let (id, coupon) = (campaign.into(), coupon.into());
        self.change_rows(|tx| {
            let mut world = tx.state.definitions();
            let place = world.campaigns.iter().position(|campaign| campaign.id == Some(id));
            let Some(place) = place else {
                return Err(WorldError::at("campaignId", "there is no such campaign"));
            };
            world.campaigns[place].coupons = vec![coupon.clone()];
            let row = format!("campaigns[{place}].coupons[0]");
            world.check().map_err(|error| error.of_row(&row))?;
            let coupon = tx.state.coupon(&coupon, id);
            removal::coupon(tx, &coupon.value);
            tx.put_coupon(StoredCoupon { coupon, reserved_by: [].into() });
            Ok(())
        })
    }

    /// Removes a coupon and its reservations; returns whether there was one.
    pub fn remove_coupon(&self, code: impl Into<CouponCode>) -> bool {
        let code = code.into();
        self.with_rows(|tx| removal::coupon(tx, &code))
    }

    /// Adds a profile, or replaces the attributes of the one with its id, which keeps all else.
    ///
    /// # Errors
    /// [`WorldError`] names the member of the profile that is wrong.
    pub fn put_profile(&self, profile: Profile) -> Result<(), WorldError> {
        self.change_rows(|tx| {
            let profiles = vec![profile.clone()];
            let world = World { profiles, ..tx.state.definitions() };
            world.check().map_err(|error| error.of_row("profiles[0]"))?;
            tx.profile_or_new(&profile.id).profile.attributes = profile.attributes;
            Ok(())
        })
    }

    /// Removes a profile with its sessions, events, reservations, memberships, points and progress;
    /// returns whether there was one. Codes that it redeemed stay used.
    pub fn remove_profile(&self, id: impl Into<ProfileId>) -> bool {
        let id = id.into();
        self.with_rows(|tx| removal::profile(tx, &id))
    }

    /// Adds an audience, or replaces the one with its id and its members.
    ///
    /// # Errors
    /// [`WorldError`] names the member of the audience that is wrong.
    pub fn put_audience(&self, audience: &Audience) -> Result<(), WorldError> {
        self.change_rows(|tx| {
            let mut world = tx.state.definitions();
            world.audiences.retain(|known| known.id != audience.id);
            let row = format!("audiences[{}]", world.audiences.len());
            world.audiences.push(audience.clone());
            world.check().map_err(|error| error.of_row(&row))?;
            audiences::put(tx, audience);
            Ok(())
        })
    }

    /// Removes an audience and its memberships; returns whether there was one.
    ///
    /// # Errors
    /// [`WorldError`] names the rule or the campaign that still uses the audience.
    pub fn remove_audience(&self, id: impl Into<AudienceId>) -> Result<bool, WorldError> {
        let id = id.into();
        self.change_rows(|tx| {
            if tx.audience(id).is_none() {
                return Ok(false);
            }
            let mut world = tx.state.definitions();
            world.audiences.retain(|known| known.id != id);
            world.check()?;
            audiences::delete(tx, id);
            Ok(true)
        })
    }

    /// Adds points to a ledger; returns the UUID of the transaction. The customer is created when there
    /// is none.
    ///
    /// # Errors
    /// [`WorldError`] names the member of the entry that is wrong.
    pub fn add_ledger_entry(&self, entry: &LedgerEntry) -> Result<String, WorldError> {
        self.change_rows(|tx| {
            check_entry(tx.state, entry)?;
            Ok(ledger::add(tx, entry).to_string())
        })
    }

    /// Replaces a transaction by the addition of other points, as if these had been booked in its place;
    /// returns whether there is one with this UUID.
    ///
    /// # Errors
    /// [`WorldError`] names the member of the entry that is wrong.
    pub fn put_ledger_entry(&self, uuid: &str, entry: &LedgerEntry) -> Result<bool, WorldError> {
        self.change_rows(|tx| {
            check_entry(tx.state, entry)?;
            let id = TransactionId::from_uuid(Some(uuid));
            Ok(id.is_some_and(|id| ledger::replace(tx, id, entry)))
        })
    }

    /// Removes a transaction of points, as if it had never been booked; returns whether there was one
    /// with this UUID. Points of it that were spent since stay spent.
    pub fn remove_ledger_entry(&self, uuid: &str) -> bool {
        let id = TransactionId::from_uuid(Some(uuid));
        self.with_rows(|tx| id.is_some_and(|id| ledger::remove(tx, id)))
    }

    /// Changes rows while no request commits.
    fn with_rows<T>(&self, change: impl FnOnce(&mut Transaction<'_>) -> T) -> T {
        let changed = self.change_rows(|tx| Ok(change(tx)));
        changed.unwrap_or_else(|error| unreachable!("the change has no error: {error}"))
    }

    /// Changes rows while no request commits, unless the change fails.
    fn change_rows<T>(
        &self,
        change: impl FnOnce(&mut Transaction<'_>) -> Result<T, WorldError>,
    ) -> Result<T, WorldError> {
        let _guard = self.lock_exclusive();
        let state = self.state();
        let mut tx = Transaction::new(&state);
        let changed = change(&mut tx)?;
        commit(tx);
        self.note_change();
        Ok(changed)
    }

    /// Replaces the state by one with other definitions; calls and faults stay.
    fn put_state(&self, state: State) {
        let state = Arc::new(state);
        *self.shared.state.write().unwrap_or_else(PoisonError::into_inner) = state;
        self.note_change();
    }
}

fn commit(tx: Transaction<'_>) {
    tx.commit(true, &mut || {}).expect("no request commits while the lock is held");
}

/// Refuses codes that another campaign has.
fn check_codes(state: &State, campaign: &Campaign, id: CampaignId) -> Result<(), WorldError> {
    let tx = Transaction::new(state);
    let taken = "another campaign has this code";
    for (index, coupon) in campaign.coupons.iter().enumerate() {
        if tx.coupon(&coupon.value).is_some_and(|it| it.coupon.campaign_id != id) {
            return Err(WorldError::at(format!("coupons[{index}].value"), taken));
        }
    }
    for (index, referral) in campaign.referrals.iter().enumerate() {
        if tx.referral(&referral.code).is_some_and(|it| it.referral.campaign_id != id) {
            return Err(WorldError::at(format!("referrals[{index}].code"), taken));
        }
    }
    Ok(())
}

fn check_entry(state: &State, entry: &LedgerEntry) -> Result<(), WorldError> {
    let world = World { ledger_entries: vec![entry.clone()], ..state.definitions() };
    world.check().map_err(|error| error.of_row("ledgerEntries[0]"))
}
