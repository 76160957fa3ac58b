//! See `talon_properties::signature`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| talon_properties::signature::check(data));
