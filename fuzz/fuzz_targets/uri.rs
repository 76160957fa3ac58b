//! See `talon_properties::uri`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| talon_properties::uri::check(data));
