//! What the benchmarks share. Run them with `cargo xtask bench`.

pub mod call;

/// Lines of a cart, by the name of the size.
pub const SIZES: [(&str, usize); 3] = [("1 line", 1), ("10 lines", 10), ("1000 lines", 1000)];
