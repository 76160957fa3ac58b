//! An implementation of the API, and worlds of it.

use std::fmt;

use super::capability::skip;
use crate::{Capability, Future, Seed, World};

/// An implementation of the API, and how a world of it is opened.
#[derive(Clone, Copy)]
pub struct Implementation {
    /// Name, as it stands in front of the cases' names.
    pub name: &'static str,
    open: &'static (dyn Fn(Seed) -> Future<World> + Send + Sync),
    lacking: &'static [Capability],
}

impl Implementation {
    /// An implementation with every capability; `open` opens a world that begins with a seed, and is
    /// kept until the process ends.
    pub fn new<F, W>(name: &'static str, open: F) -> Self
    where
        F: Fn(Seed) -> W + Send + Sync + 'static,
        W: std::future::Future<Output = World> + Send + 'static,
    {
        let open = move |seed| -> Future<World> { Box::pin(open(seed)) };
        Self { name, open: Box::leak(Box::new(open)), lacking: &[] }
    }

    /// The implementation without these capabilities: cases that need one are skipped.
    #[must_use]
    pub fn without(self, capabilities: &'static [Capability]) -> Self {
        Self { lacking: capabilities, ..self }
    }

    /// Capabilities that it does not have.
    pub fn lacking(&self) -> &'static [Capability] {
        self.lacking
    }

    /// Opens a world that begins with `seed`.
    pub async fn open(&self, seed: Seed) -> World {
        (self.open)(seed).await.without(self.lacking)
    }
}

impl fmt::Debug for Implementation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Implementation")
            .field("name", &self.name)
            .field("lacking", &self.lacking)
            .finish_non_exhaustive()
    }
}

/// Opens worlds of one implementation; each begins with the seed it is given.
#[derive(Clone, Copy, Debug)]
pub struct Worlds(Implementation);

impl Worlds {
    /// Worlds of an implementation.
    pub fn new(implementation: Implementation) -> Self {
        Self(implementation)
    }

    /// A world that begins with `seed`.
    pub async fn with(self, seed: Seed) -> World {
        if self.0.lacking().contains(&Capability::Seed) && seed != Seed::new() {
            skip(Capability::Seed);
        }
        self.0.open(seed).await
    }

    /// A world with nothing in it that takes any attribute and any event.
    pub async fn empty(self) -> World {
        self.with(Seed::new()).await
    }
}
