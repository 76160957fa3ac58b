//! Cases, and the worlds and helpers that they use.

#[macro_use]
mod case;
mod capability;
pub(crate) mod catalogs;
pub mod codec;
mod implementation;
pub(crate) mod read;
mod read_only;
mod refusals;
pub(crate) mod seed;
pub mod specification;
pub(crate) mod world;

pub use capability::Capability;
pub(crate) use case::module;
pub use case::{Case, Outcome, Role};
pub use implementation::{Implementation, Worlds};
pub use refusals::refusing_world;
pub use world::{Future, Seed, World};
