//! The fake itself: the API over a state in memory.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use talon_core::model::{Coupon, CustomerProfile, CustomerSessionV2, Referral};
use talon_core::{
    Amount, CouponCode, IntegrationApi, LoyaltyProgramId, ProfileId, ReferralCode, SessionId,
};

use crate::calls::Log;
use crate::clock::Pace;
use crate::fault::Script;
use crate::parallel::Parallel;
use crate::state::{State, StoredProfile};
use crate::world::{Application, World, WorldError};
use crate::{Clock, Faults};

mod perform;

#[cfg(feature = "serve")]
pub(crate) use perform::{Performed, Stored};

/// Talon.One in memory.
///
/// Implements [`IntegrationApi`]; clones share one state. Deterministic: the clock stands still
/// until told, ids count up, codes come from a fixed seed. Each call happens as a whole or not at
/// all, one after another, so that concurrent callers never redeem a coupon past its limit.
///
/// ```
/// # use talon_core::prelude::*;
/// # use talon_fake::{Fake, World};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let talon = Fake::new(World::demo())?;
///
/// let cart = NewCustomerSessionV2::default()
///     .coupon_codes(["SUMMER10"])
///     .cart_items([CartItem::new("SKU-1", 2).price(50)]);
/// let request = IntegrationRequest::new(cart.state(SessionState::Closed));
/// talon.update_customer_session_v2(UpdateCustomerSessionV2::new("cart-1", request)).await?;
///
/// assert_eq!(talon.coupon("SUMMER10").expect("of the demo").usage_counter, 1);
/// # Ok(())
/// # }
/// ```
///
/// Beside the API there are its [`clock`](Self::clock), [`faults`](Self::faults) and
/// [`calls`](Self::calls).
#[derive(Clone, Debug)]
pub struct Fake {
    shared: Arc<Shared>,
}

/// What clones share. Whoever needs two of the locks takes the state's first.
#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    /// What it begins with, and again after a reset.
    seed: Mutex<World>,
    pace: Mutex<Pace>,
    script: Mutex<Script>,
    log: Mutex<Log>,
    parallel: Mutex<Parallel>,
    /// Counts what may have changed the state.
    changes: Mutex<u64>,
    #[cfg(feature = "serve")]
    replies: Mutex<crate::serve::Replies>,
}

impl Fake {
    /// A fake that begins with `world`.
    ///
    /// # Errors
    /// [`WorldError`] with the member that is wrong.
    pub fn new(world: World) -> Result<Self, WorldError> {
        world.check()?;
        let shared = Shared {
            parallel: Mutex::new(Parallel::new(world.parallel_requests)),
            seed: Mutex::new(world.clone()),
            state: Mutex::new(State::load(world)),
            pace: Mutex::default(),
            script: Mutex::default(),
            log: Mutex::default(),
            changes: Mutex::default(),
            #[cfg(feature = "serve")]
            replies: Mutex::default(),
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// The API, as an application holds it.
    pub fn api(&self) -> Arc<dyn IntegrationApi> {
        Arc::new(self.clone())
    }

    /// The application and its keys.
    pub fn application(&self) -> Application {
        lock(&self.shared.seed).application.clone()
    }

    /// The clock, which stands still until told.
    pub fn clock(&self) -> Clock {
        Clock::of(self)
    }

    /// Faults that calls shall meet.
    pub fn faults(&self) -> Faults {
        Faults::of(self)
    }

    /// Begins again with the world it was made or last seeded with: state and clock as they were,
    /// no calls, no faults.
    pub fn reset(&self) {
        self.begin(self.world(), |_| ());
    }

    /// Begins again with another world: no calls, no faults.
    ///
    /// # Errors
    /// [`WorldError`] with the member that is wrong; then nothing has changed.
    pub fn seed(&self, world: World) -> Result<(), WorldError> {
        world.check()?;
        self.begin(world, |_| ());
        Ok(())
    }

    /// The session as it is stored.
    pub fn session(&self, id: impl Into<SessionId>) -> Option<CustomerSessionV2> {
        self.state().sessions.get(&id.into()).map(|stored| stored.session.clone())
    }

    /// The profile as it is stored.
    pub fn profile(&self, id: impl Into<ProfileId>) -> Option<CustomerProfile> {
        self.state().profiles.get(&id.into()).map(|stored| stored.profile.clone())
    }

    /// Points of the profile in the main ledger of a program; 0 when there are none.
    pub fn points(
        &self,
        profile: impl Into<ProfileId>,
        program: impl Into<LoyaltyProgramId>,
    ) -> Amount {
        let state = self.state();
        let stored = state.profiles.get(&profile.into());
        let balance =
            |stored: &StoredProfile| stored.points.balance(program.into(), "", state.now).active;
        stored.map(balance).unwrap_or_default()
    }

    /// The coupon as it is stored, by any spelling that a session may have.
    pub fn coupon(&self, code: impl Into<CouponCode>) -> Option<Coupon> {
        let (state, code) = (self.state(), code.into());
        let stored = state.coupons.get(&*state.case.apply(code.as_str()));
        stored.map(|stored| stored.coupon.clone())
    }

    /// The referral as it is stored, by any spelling that a session may have.
    pub fn referral(&self, code: impl Into<ReferralCode>) -> Option<Referral> {
        let (state, code) = (self.state(), code.into());
        let stored = state.referrals.get(&*state.case.apply(code.as_str()));
        stored.map(|stored| stored.referral.clone())
    }

    /// Begins again with `world` and what `goes_on` makes of its state.
    pub(crate) fn begin(&self, world: World, goes_on: impl FnOnce(&mut State)) {
        let mut state = self.state();
        self.parallel().set_limit(world.parallel_requests);
        *lock(&self.shared.seed) = world.clone();
        *state = State::load(world);
        goes_on(&mut state);
        self.start_over();
    }

    /// Forgets everything that is not part of the state.
    fn start_over(&self) {
        self.set_pace(Pace::Still);
        self.script().clear();
        self.log().clear();
        #[cfg(feature = "serve")]
        self.replies().clear();
        self.changed();
    }
}

/// What the modules around the state need of it.
impl Fake {
    /// The state, its clock up to date.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        let mut state = lock(&self.shared.state);
        state.now = self.pace().now(state.now);
        state
    }

    /// What it began with.
    pub(crate) fn world(&self) -> World {
        lock(&self.shared.seed).clone()
    }

    #[cfg(feature = "serve")]
    pub(crate) fn has_key(&self, key: &str) -> bool {
        lock(&self.shared.seed).application.api_keys.iter().any(|known| known == key)
    }

    pub(crate) fn script(&self) -> MutexGuard<'_, Script> {
        lock(&self.shared.script)
    }

    pub(crate) fn log(&self) -> MutexGuard<'_, Log> {
        lock(&self.shared.log)
    }

    pub(crate) fn parallel(&self) -> MutexGuard<'_, Parallel> {
        lock(&self.shared.parallel)
    }

    #[cfg(feature = "serve")]
    pub(crate) fn replies(&self) -> MutexGuard<'_, crate::serve::Replies> {
        lock(&self.shared.replies)
    }

    pub(crate) fn pace(&self) -> Pace {
        *lock(&self.shared.pace)
    }

    pub(crate) fn set_pace(&self, pace: Pace) {
        *lock(&self.shared.pace) = pace;
    }

    /// Notes that the state may have changed.
    pub(crate) fn changed(&self) {
        *lock(&self.shared.changes) += 1;
    }

    /// A number that grows whenever the state may have changed.
    #[cfg(feature = "serve")]
    pub(crate) fn changes(&self) -> u64 {
        *lock(&self.shared.changes)
    }
}

/// A closure of a rule or a fault that panicked left nothing half done: changes are applied at the
/// end.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
