//! See `talon_properties::world`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| talon_properties::world::check(data));
