//! See `talon_properties::retry_after`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| talon_properties::retry_after::check(data));
