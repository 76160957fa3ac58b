//! Implementations of the API, and their worlds.

use std::fmt;

use super::capability::skip;
use crate::{Capability, Future, Seed, World};

/// An implementation of the API, which opens worlds.
#[derive(Clone, Copy)]
pub struct Implementation {
    /// Name: the prefix of the names of the cases.
    pub name: &'static str,
    open: &'static (dyn Fn(Seed) -> Future<World> + Send + Sync),
    missing: &'static [Capability],
}

impl Implementation {
    /// An implementation with all capabilities. `open` opens a world with a seed; it is kept until the
    /// process ends.
    pub fn new<F, W>(name: &'static str, open: F) -> Self
    where
        F: Fn(Seed) -> W + Send + Sync + 'static,
        W: std::future::Future<Output = World> + Send + 'static,
    {
        let open = move |seed| -> Future<World> { Box::pin(open(seed)) };
        Self { name, open: Box::leak(Box::new(open)), missing: &[] }
    }

    /// Removes these capabilities: cases that need one are skipped.
    #[must_use]
    pub fn without(self, capabilities: &'static [Capability]) -> Self {
        Self { missing: capabilities, ..self }
    }

    /// The capabilities that it does not have.
    pub fn missing(&self) -> &'static [Capability] {
        self.missing
    }

    /// Opens a world with this seed.
    pub async fn open(&self, seed: Seed) -> World {
        (self.open)(seed).await.without(self.missing)
    }
}

impl fmt::Debug for Implementation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Implementation")
            .field("name", &self.name)
            .field("missing", &self.missing)
            .finish_non_exhaustive()
    }
}

/// Opens worlds of an implementation.
#[derive(Clone, Copy, Debug)]
pub struct Worlds(Implementation);

impl Worlds {
    /// Worlds of an implementation.
    pub fn new(implementation: Implementation) -> Self {
        Self(implementation)
    }

    /// A world with this seed.
    pub async fn with(self, seed: Seed) -> World {
        if self.0.missing().contains(&Capability::Seed) && seed != Seed::new() {
            skip(Capability::Seed);
        }
        self.0.open(seed).await
    }

    /// An empty world, which accepts any attribute and any event.
    pub async fn empty(self) -> World {
        self.with(Seed::new()).await
    }
}
