//! Decoding and encoding with sonic-rs and simd-json: the types in the style of openapi-generator.
//!
//! Both use vector instructions and `unsafe` code. simd-json changes its input, so that its rows
//! include a copy of the reply.

use crate::generated::IntegrationStateV2;

pub(super) fn read_with_sonic(body: &[u8]) -> IntegrationStateV2 {
    sonic_rs::from_slice(body).expect("valid JSON of the type")
}

pub(super) fn read_with_simd(body: &[u8]) -> IntegrationStateV2 {
    simd_json::serde::from_slice(&mut body.to_vec()).expect("valid JSON of the type")
}

pub(super) fn write_with_sonic(reply: &IntegrationStateV2) -> Vec<u8> {
    sonic_rs::to_vec(reply).expect("it was read")
}

pub(super) fn write_with_simd(reply: &IntegrationStateV2) -> Vec<u8> {
    simd_json::serde::to_vec(reply).expect("it was read")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::payload::{Size, session_reply};

    #[test]
    fn all_decode_and_encode_the_same() {
        for size in Size::ALL {
            let body = session_reply(size);
            let expected: IntegrationStateV2 = serde_json::from_str(&body).unwrap();

            assert_eq!(read_with_sonic(body.as_bytes()), expected, "{size:?}");
            assert_eq!(read_with_simd(body.as_bytes()), expected, "{size:?}");
            for written in [write_with_sonic(&expected), write_with_simd(&expected)] {
                let read: IntegrationStateV2 = serde_json::from_slice(&written).unwrap();
                assert_eq!(read, expected, "{size:?}");
            }
        }
    }
}
