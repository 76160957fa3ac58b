//! See `talon_properties::dispatch`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| talon_properties::dispatch::check(data));
