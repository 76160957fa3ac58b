//! See `talon_properties::models`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| talon_properties::models::check(data));
