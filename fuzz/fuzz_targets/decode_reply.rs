//! See `talon_properties::decode_reply`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| talon_properties::decode_reply::check(data));
