//! See `talon_properties::sequence`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| talon_properties::sequence::check(data));
