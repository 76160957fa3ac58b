//! See `talon_properties::path`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| talon_properties::path::check(data));
