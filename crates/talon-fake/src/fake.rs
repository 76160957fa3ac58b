//! The fake itself: the API over a state in memory.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use talon_core::model::{Coupon, CustomerProfile, CustomerSessionV2, Referral};
use talon_core::{
    Amount, CouponCode, Error, IntegrationApi, LoyaltyProgramId, ProfileId, ReferralCode, Result,
    SessionId, Timestamp, async_trait, for_each_operation,
};

use crate::service::Serve;
use crate::state::{State, StoredProfile, Transaction};
use crate::world::{Application, World, WorldError};

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
#[derive(Clone, Debug)]
pub struct Fake {
    application: Arc<Application>,
    state: Arc<Mutex<State>>,
}

impl Fake {
    /// A fake that begins with `world`.
    ///
    /// # Errors
    /// [`WorldError`] with the member that is wrong.
    pub fn new(world: World) -> Result<Self, WorldError> {
        world.check()?;
        let application = Arc::new(world.application.clone());
        Ok(Self { application, state: Arc::new(Mutex::new(State::load(world))) })
    }

    /// The API, as an application holds it.
    pub fn api(&self) -> Arc<dyn IntegrationApi> {
        Arc::new(self.clone())
    }

    /// The application and its keys.
    pub fn application(&self) -> &Application {
        &self.application
    }

    /// Where the clock stands.
    pub fn now(&self) -> Timestamp {
        self.state().now
    }

    /// Sets the clock, back as well as forth.
    pub fn set_now(&self, now: Timestamp) {
        self.state().now = now;
    }

    /// Moves the clock forth; it stops at the end of the year 9999.
    pub fn advance(&self, by: Duration) {
        let mut state = self.state();
        state.now = state.now.checked_add(by).unwrap_or(state.now);
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

    /// The coupon as it is stored.
    pub fn coupon(&self, code: impl Into<CouponCode>) -> Option<Coupon> {
        self.state().coupons.get(&code.into()).map(|stored| stored.coupon.clone())
    }

    /// The referral as it is stored.
    pub fn referral(&self, code: impl Into<ReferralCode>) -> Option<Referral> {
        self.state().referrals.get(&code.into()).map(|stored| stored.referral.clone())
    }

    /// A closure of a rule that panicked left nothing half done: changes are applied at the end.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run<O: Serve>(&self, operation: O) -> Result<O::Reply> {
        operation.check()?;
        let is_dry = operation.is_dry();
        let mut state = self.state();
        let mut transaction = Transaction::new(&state);
        let reply = operation
            .serve(&mut transaction)
            .map_err(|refusal| Error::from(refusal).during(O::INFO.id))?;
        let changes = transaction.finish();
        if !is_dry {
            state.apply(changes);
        }
        Ok(reply)
    }
}

macro_rules! implement_fake {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        #[async_trait]
        #[deny(clippy::missing_trait_methods)]
        impl IntegrationApi for Fake {
            $(
                async fn $method(
                    &self,
                    request: talon_core::operations::$request,
                ) -> Result<talon_core::api::ReplyOf<talon_core::operations::$request>> {
                    self.run(request)
                }
            )+
        }
    };
}

for_each_operation!(implement_fake);
