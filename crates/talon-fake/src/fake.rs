//! The fake itself: the API over a state in memory.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use talon_core::model::{Coupon, CustomerProfile, CustomerSessionV2, Referral};
use talon_core::{
    Amount, CouponCode, IntegrationApi, LoyaltyProgramId, ProfileId, ReferralCode, SessionId,
};

use crate::calls::Log;
use crate::fault::Script;
use crate::parallel::Parallel;
use crate::state::{State, StoredProfile};
use crate::time::Time;
use crate::world::{Application, World, WorldError};
use crate::{Clock, Faults};

mod perform;
mod rounds;

#[cfg(feature = "serve")]
pub(crate) use perform::Performed;

/// Talon.One in memory.
///
/// Implements [`IntegrationApi`]; clones share one state. Deterministic: the clock stands still
/// until told, ids count up, codes come from a fixed seed. Each call happens as a whole or not at
/// all, and as if one came after another, so that concurrent callers never redeem a coupon past its
/// limit; calls for different profiles do not wait for each other.
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

/// What clones share. Every lock but the gate is held for a moment only, never while a request is
/// evaluated.
#[derive(Debug)]
struct Shared {
    /// Shared while a request ends, whole to have everybody wait: to change the clock, to begin
    /// again, to take a snapshot, or when a request lost too often. Taken before any other lock.
    gate: RwLock<()>,
    /// Another one after a reset, a seed or a restore: requests under way notice at their end.
    state: RwLock<Arc<State>>,
    script: Mutex<Script>,
    log: Mutex<Log>,
    parallel: Mutex<Parallel>,
    /// Counts what may have changed the state.
    changes: AtomicU64,
}

impl Fake {
    /// A fake that begins with `world`.
    ///
    /// # Errors
    /// [`WorldError`] with the member that is wrong.
    pub fn new(world: World) -> Result<Self, WorldError> {
        world.check()?;
        Ok(Self::of(State::load(&Arc::new(world))))
    }

    pub(crate) fn of(state: State) -> Self {
        let shared = Shared {
            gate: RwLock::default(),
            parallel: Mutex::new(Parallel::new(state.world.parallel_requests)),
            state: RwLock::new(Arc::new(state)),
            script: Mutex::default(),
            log: Mutex::default(),
            changes: AtomicU64::default(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// The API, as an application holds it.
    pub fn api(&self) -> Arc<dyn IntegrationApi> {
        Arc::new(self.clone())
    }

    /// The application and its keys.
    pub fn application(&self) -> Application {
        self.state().world.application.clone()
    }

    /// The world it was made or last seeded with.
    pub fn world(&self) -> World {
        World::clone(&self.state().world)
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
        self.begin(State::load(&self.state().world));
    }

    /// Begins again with another world: no calls, no faults.
    ///
    /// # Errors
    /// [`WorldError`] with the member that is wrong; then nothing has changed.
    pub fn seed(&self, world: World) -> Result<(), WorldError> {
        world.check()?;
        self.begin(State::load(&Arc::new(world)));
        Ok(())
    }

    /// The session as it is stored.
    pub fn session(&self, id: impl Into<SessionId>) -> Option<CustomerSessionV2> {
        self.state().sessions.get(&id.into()).map(|stored| stored.session)
    }

    /// The profile as it is stored.
    pub fn profile(&self, id: impl Into<ProfileId>) -> Option<CustomerProfile> {
        self.state().profiles.get(&id.into()).map(|stored| stored.profile)
    }

    /// Points of the profile in the main ledger of a program; 0 when there are none.
    pub fn points(
        &self,
        profile: impl Into<ProfileId>,
        program: impl Into<LoyaltyProgramId>,
    ) -> Amount {
        let state = self.state();
        let (stored, now) = (state.profiles.get(&profile.into()), state.now());
        let balance = |stored: StoredProfile| stored.points.balance(program.into(), "", now).active;
        stored.map(balance).unwrap_or_default()
    }

    /// The coupon as it is stored, by any spelling that a session may have.
    pub fn coupon(&self, code: impl Into<CouponCode>) -> Option<Coupon> {
        let (state, code) = (self.state(), code.into());
        let code = CouponCode::from(&*state.case.apply(code.as_str()));
        state.coupons.get(&code).map(|stored| stored.coupon)
    }

    /// The referral as it is stored, by any spelling that a session may have.
    pub fn referral(&self, code: impl Into<ReferralCode>) -> Option<Referral> {
        let (state, code) = (self.state(), code.into());
        let code = ReferralCode::from(&*state.case.apply(code.as_str()));
        state.referrals.get(&code).map(|stored| stored.referral)
    }

    /// Begins again with another state, and forgets everything that is not part of it.
    pub(crate) fn begin(&self, state: State) {
        let _gate = self.shut();
        self.parallel().set_limit(state.world.parallel_requests);
        let state = Arc::new(state);
        *self.shared.state.write().unwrap_or_else(PoisonError::into_inner) = state;
        self.script().clear();
        self.log().clear();
        self.changed();
    }
}

/// What the modules around the state need of it.
impl Fake {
    /// The state as it goes on, until it begins again.
    pub(crate) fn state(&self) -> Arc<State> {
        Arc::clone(&self.shared.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks at the state while no request ends.
    pub(crate) fn alone<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        let _gate = self.shut();
        look(&self.state())
    }

    pub(crate) fn change_time(&self, change: impl FnOnce(&mut Time)) {
        self.alone(|state| state.set_time(change));
        self.changed();
    }

    #[cfg(feature = "serve")]
    pub(crate) fn has_key(&self, key: &str) -> bool {
        self.state().world.application.api_keys.iter().any(|known| known == key)
    }

    /// Waits until no request ends, and has the next ones wait.
    fn shut(&self) -> RwLockWriteGuard<'_, ()> {
        self.shared.gate.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn pass(&self) -> RwLockReadGuard<'_, ()> {
        self.shared.gate.read().unwrap_or_else(PoisonError::into_inner)
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

    /// Notes that the state may have changed.
    pub(crate) fn changed(&self) {
        self.shared.changes.fetch_add(1, Ordering::AcqRel);
    }

    /// A number that grows whenever the state may have changed.
    #[cfg(feature = "serve")]
    pub(crate) fn changes(&self) -> u64 {
        self.shared.changes.load(Ordering::Acquire)
    }
}

/// A closure of a rule or a fault that panicked left nothing half done: changes are applied at the
/// end.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
