//! A fake: the API on top of a state in memory.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use talon_core::model::{Coupon, CustomerProfile, CustomerSessionV2, Referral};
use talon_core::{
    Amount, CouponCode, IntegrationApi, LoyaltyProgramId, ProfileId, ReferralCode, SessionId,
};

use crate::control::calls::CallLog;
use crate::control::faults::FaultPlan;
use crate::state::{LoyaltyAccountKey, State, Transaction};
use crate::time::Time;
#[cfg(feature = "serve")]
use crate::world::KeyType;
use crate::world::{Application, World, WorldError};

mod audiences;
mod calls;
mod clock;
mod execute;
mod faults;
mod permits;
mod retry;
mod rows;

pub use clock::Clock;
pub(crate) use execute::Executed;
pub use faults::{AnyOperation, FaultInjector, FaultSchedule};
pub(crate) use permits::Permit;
use permits::Permits;

/// Talon.One in memory.
///
/// Implements [`IntegrationApi`]; clones share one state. Deterministic: the clock stands still
/// until it is moved, ids count up, and codes are generated from a fixed seed. Calls are atomic and
/// serializable, so that concurrent callers cannot redeem a coupon beyond its limit. Calls for
/// different profiles do not wait for each other.
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
/// talon.update_customer_session_v2(UpdateCustomerSessionV2::new("cart-1", cart.state(SessionState::Closed))).await?;
///
/// assert_eq!(talon.coupon("SUMMER10").expect("of the demo").usage_counter, 1);
/// # Ok(())
/// # }
/// ```
///
/// In addition to the API a test steers its [`clock`](Self::clock) and [`faults`](Self::faults) and
/// reads its [`calls`](Self::calls).
#[derive(Clone, Debug)]
pub struct Fake {
    shared: Arc<Shared>,
}

/// What clones share. No lock is held while a request is evaluated.
#[derive(Debug)]
struct Shared {
    /// Lock over all commits: shared by each commit, exclusive for a change of the clock, a reset, a
    /// snapshot, and a request that is retried too often. Locked before any other lock.
    commit_lock: RwLock<()>,
    /// Replaced by a reset, a seed and a restore; requests that began before find out at commit.
    state: RwLock<Arc<State>>,
    fault_plan: Mutex<FaultPlan>,
    log: Mutex<CallLog>,
    permits: Mutex<Permits>,
    /// Whether unknown members are refused; as the world says when `None`.
    strict: Mutex<Option<bool>>,
    /// Number of times that the state may have changed.
    changes: AtomicU64,
}

impl Fake {
    /// Creates a fake with the data of `world`.
    ///
    /// # Errors
    /// [`WorldError`] names the member that is wrong.
    pub fn new(world: World) -> Result<Self, WorldError> {
        world.check()?;
        Ok(Self::from_state(State::load(&Arc::new(world))))
    }

    pub(crate) fn from_state(state: State) -> Self {
        let shared = Shared {
            commit_lock: RwLock::default(),
            permits: Mutex::new(Permits::new(state.world.parallel_requests)),
            state: RwLock::new(Arc::new(state)),
            fault_plan: Mutex::default(),
            log: Mutex::default(),
            strict: Mutex::default(),
            changes: AtomicU64::default(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// The fake as an application holds it.
    pub fn api(&self) -> Arc<dyn IntegrationApi> {
        Arc::new(self.clone())
    }

    /// The application of the world, with its keys.
    pub fn application(&self) -> Application {
        self.state().world.application.clone()
    }

    /// The world of its creation or last seed.
    pub fn world(&self) -> World {
        World::clone(&self.state().seed)
    }

    /// The clock, which stands still until it is moved.
    pub fn clock(&self) -> Clock {
        Clock::new(self)
    }

    /// FaultInjector that calls shall meet.
    pub fn faults(&self) -> FaultInjector {
        FaultInjector::new(self)
    }

    /// Sets whether requests over HTTP with members that their operation does not have are refused,
    /// whatever the [world](World::strict) says, until a reset or a seed.
    pub fn set_strict(&self, is_strict: bool) {
        *lock(&self.shared.strict) = Some(is_strict);
    }

    /// Whether requests over HTTP with members that their operation does not have are refused.
    pub fn is_strict(&self) -> bool {
        self.strictness().unwrap_or(false)
    }

    /// Resets state and clock to the world of its creation or last seed, and removes all calls and
    /// planned faults.
    pub fn reset(&self) {
        self.replace_state(State::load(&self.state().seed));
    }

    /// Replaces the state by another world, and removes all calls and planned faults.
    ///
    /// # Errors
    /// [`WorldError`] names the member that is wrong; nothing has changed then.
    pub fn seed(&self, world: World) -> Result<(), WorldError> {
        world.check()?;
        self.replace_state(State::load(&Arc::new(world)));
        Ok(())
    }

    /// The stored session.
    pub fn session(&self, id: impl Into<SessionId>) -> Option<CustomerSessionV2> {
        self.state().tables.sessions.get(&id.into()).map(|stored| stored.session)
    }

    /// The stored profile, with the audiences that it is a member of.
    pub fn profile(&self, id: impl Into<ProfileId>) -> Option<CustomerProfile> {
        Transaction::new(&self.state()).profile_reply(&id.into())
    }

    /// Active points of a profile in the main ledger of a program; 0 if there are none.
    pub fn points(
        &self,
        profile: impl Into<ProfileId>,
        program: impl Into<LoyaltyProgramId>,
    ) -> Amount {
        let (state, key) =
            (self.state(), LoyaltyAccountKey::of_profile(program.into(), &profile.into()));
        let account = state.tables.loyalty_accounts.get(&key);
        let balance = account.and_then(|it| it.ledger("").map(|it| it.balance(state.now())));
        balance.unwrap_or_default().active
    }

    /// The stored coupon; `code` may have any case that the application accepts.
    pub fn coupon(&self, code: impl Into<CouponCode>) -> Option<Coupon> {
        let (state, code) = (self.state(), code.into());
        let code = CouponCode::from(&*state.case.apply(code.as_str()));
        state.tables.coupons.get(&code).map(|stored| stored.coupon)
    }

    /// The stored referral; `code` may have any case that the application accepts.
    pub fn referral(&self, code: impl Into<ReferralCode>) -> Option<Referral> {
        let (state, code) = (self.state(), code.into());
        let code = ReferralCode::from(&*state.case.apply(code.as_str()));
        state.tables.referrals.get(&code).map(|stored| stored.referral)
    }

    /// Replaces the state, and removes everything that is not part of it.
    pub(crate) fn replace_state(&self, state: State) {
        let _guard = self.lock_exclusive();
        self.permits().set_limit(state.world.parallel_requests);
        let state = Arc::new(state);
        *self.shared.state.write().unwrap_or_else(PoisonError::into_inner) = state;
        self.fault_plan().clear();
        self.log().clear();
        *lock(&self.shared.strict) = None;
        self.note_change();
    }
}

/// For the modules of this crate.
impl Fake {
    /// The current state.
    pub(crate) fn state(&self) -> Arc<State> {
        Arc::clone(&self.shared.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether unknown members are refused; as the server was started when `None`.
    pub(crate) fn strictness(&self) -> Option<bool> {
        let set = *lock(&self.shared.strict);
        set.or_else(|| self.state().world.strict)
    }

    /// Reads the state while no request commits.
    pub(crate) fn with_exclusive_lock<T>(&self, read: impl FnOnce(&State) -> T) -> T {
        let _guard = self.lock_exclusive();
        read(&self.state())
    }

    pub(crate) fn change_time(&self, change: impl FnOnce(&mut Time)) {
        self.with_exclusive_lock(|state| state.set_time(change));
        self.note_change();
    }

    #[cfg(feature = "serve")]
    pub(crate) fn has_key(&self, key: &str) -> bool {
        self.state().world.application.api_keys.iter().any(|known| known.key == key)
    }

    /// The type of an API key; `None` of a key that is unknown, or expired by the clock.
    #[cfg(feature = "serve")]
    pub(crate) fn type_of_key(&self, key: &str) -> Option<KeyType> {
        let state = self.state();
        let key = state.world.application.api_keys.iter().find(|known| known.key == key)?;
        key.is_valid_at(state.now()).then_some(key.key_type)
    }

    /// Waits for the commits under way, and keeps others from committing.
    fn lock_exclusive(&self) -> RwLockWriteGuard<'_, ()> {
        self.shared.commit_lock.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shares the lock over all commits.
    fn lock_shared(&self) -> RwLockReadGuard<'_, ()> {
        self.shared.commit_lock.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn fault_plan(&self) -> MutexGuard<'_, FaultPlan> {
        lock(&self.shared.fault_plan)
    }

    pub(crate) fn log(&self) -> MutexGuard<'_, CallLog> {
        lock(&self.shared.log)
    }

    fn permits(&self) -> MutexGuard<'_, Permits> {
        lock(&self.shared.permits)
    }

    /// Counts a possible change of the state.
    pub(crate) fn note_change(&self) {
        self.shared.changes.fetch_add(1, Ordering::AcqRel);
    }

    /// A number that grows whenever the state may have changed.
    #[cfg(feature = "serve")]
    pub(crate) fn changes(&self) -> u64 {
        self.shared.changes.load(Ordering::Acquire)
    }
}

/// Locks a mutex that a panic may have poisoned: a closure of a rule or a fault that panics leaves
/// nothing half changed.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
