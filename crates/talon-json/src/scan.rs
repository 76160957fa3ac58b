//! The search for special bytes in a string, eight bytes at a time.

const ONES: u64 = u64::MAX / 255;
const HIGHS: u64 = ONES << 7;

/// Index of the first quote, backslash or control character; the length when there is none.
#[inline]
pub(crate) fn find_special(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks();
    let mut at = 0;
    for word in words {
        let special = special(u64::from_le_bytes(*word));
        if special != 0 {
            return at + special.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    at + find_special_in_few(rest)
}

/// Whether there is a quote, backslash or control character.
#[inline]
pub(crate) fn has_special(bytes: &[u8]) -> bool {
    let found = if let Some(last) = bytes.last_chunk() {
        let words = bytes.as_chunks().0.iter().chain([last]);
        words.fold(0, |found, word| found | special(u64::from_le_bytes(*word)))
    } else if let (Some([a, b, c, d]), Some([e, f, g, h])) =
        (bytes.first_chunk(), bytes.last_chunk())
    {
        special(u64::from_le_bytes([*a, *b, *c, *d, *e, *f, *g, *h]))
    } else {
        return bytes.iter().any(|byte| is_special(*byte));
    };
    found != 0
}

#[inline(never)]
fn find_special_in_few(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| is_special(*byte)).unwrap_or(bytes.len())
}

const fn is_special(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | ..0x20)
}

/// The highest bit of each special byte; exact up to the first of them.
///
/// Control characters and the quote are the bytes below 0x21 once their second bit is flipped, which
/// exchanges the quote for the space. A subtraction borrows from the next byte where this byte is
/// special, so bits above the first may be wrong. A byte whose own highest bit is set belongs to a
/// character beyond ASCII.
#[inline]
pub(crate) const fn special(word: u64) -> u64 {
    let quote_or_control = (word ^ (ONES * 2)).wrapping_sub(ONES * 0x21);
    let backslash = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    (quote_or_control | backslash) & !word & HIGHS
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one_by_one(bytes: &[u8]) -> usize {
        bytes.iter().take_while(|byte| **byte >= 0x20 && !b"\"\\".contains(byte)).count()
    }

    #[test]
    fn each_byte_is_found_at_each_index() {
        for byte in 0..=u8::MAX {
            for index in 0..40 {
                let mut bytes = [b'a'; 40];
                bytes[index] = byte;

                for end in 0..=bytes.len() {
                    let bytes = &bytes[..end];
                    assert_eq!(
                        find_special(bytes),
                        one_by_one(bytes),
                        "{byte} at {index} of {end}"
                    );
                }
            }
        }
    }

    proptest! {
        #[test]
        fn the_first_special_byte_is_found(bytes in proptest::collection::vec(prop_oneof![any::<u8>(), 0x1e_u8..0x24, 0x5b_u8..0x5e], 0..40)) {
            prop_assert_eq!(find_special(&bytes), one_by_one(&bytes));
        }
    }
}
