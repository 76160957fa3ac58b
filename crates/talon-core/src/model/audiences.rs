//! Audiences.

mod audience;

pub use audience::*;
