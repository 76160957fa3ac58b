//! What a case works with.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use talon_core::IntegrationApi;
use talon_fake::Fake;

mod calls;

pub(crate) use calls::{cancelled, cart, closed, refusal};
/// What a world begins with; built like any world of the fake.
pub use talon_fake::World as Seed;

/// Something under way.
pub type Future<T> = Pin<Box<dyn std::future::Future<Output = T> + Send>>;

/// Opens a world that begins with a seed.
pub type Open = fn(Seed) -> Future<World>;

/// The implementation under test, and the fake it is in front of.
#[derive(Clone, Debug)]
pub struct World {
    /// The implementation under test.
    pub api: Arc<dyn IntegrationApi>,
    /// The fake that answers it: for looking inside and moving the clock.
    pub fake: Fake,
    /// The same implementation with a key that nobody has; `None` where keys are not checked.
    pub stranger: Option<Arc<dyn IntegrationApi>>,
    guard: Option<Arc<dyn fmt::Debug + Send + Sync>>,
}

impl World {
    /// A world in which `api` is under test, in front of `fake`.
    pub fn new(api: Arc<dyn IntegrationApi>, fake: Fake) -> Self {
        Self { api, fake, stranger: None, guard: None }
    }

    /// Adds the implementation with a key that nobody has.
    #[must_use]
    pub fn with_stranger(mut self, stranger: Arc<dyn IntegrationApi>) -> Self {
        self.stranger = Some(stranger);
        self
    }

    /// Keeps something, a server for instance, for as long as the world is there.
    #[must_use]
    pub fn keeping(mut self, guard: impl fmt::Debug + Send + Sync + 'static) -> Self {
        self.guard = Some(Arc::new(guard));
        self
    }
}

/// Opens worlds of one kind; each begins with the seed it is given.
#[derive(Clone, Copy, Debug)]
pub struct Worlds(Open);

impl Worlds {
    /// Worlds that `open` opens.
    pub fn new(open: Open) -> Self {
        Self(open)
    }

    /// A world that begins with `seed`.
    pub async fn with(self, seed: Seed) -> World {
        (self.0)(seed).await
    }

    /// A world with nothing in it that takes any attribute and any event.
    pub async fn empty(self) -> World {
        self.with(Seed::new()).await
    }
}
