//! Implementations of this workspace: the fake in process, and clients in front of it.

mod direct;
mod loopback;
mod over_hyper;
mod over_reqwest;
mod served;

use talon_fake::Fake;

use crate::{Implementation, Seed};

pub use direct::direct;
pub use loopback::loopback;
pub use over_hyper::over_hyper;
pub use over_reqwest::over_reqwest;

/// All of them.
pub fn all() -> [Implementation; 4] {
    [direct(), loopback(), over_hyper(), over_reqwest()]
}

fn fake(seed: Seed) -> Fake {
    Fake::new(seed).expect("the seed is valid")
}
