//! See `talon_properties::json`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| talon_properties::json::check(data));
