//! Finding what is special in a text, eight bytes at a time.

const ONES: u64 = u64::MAX / 255;
const HIGHS: u64 = ONES << 7;

/// How many bytes there are before the first quote, backslash or control character.
#[inline]
pub(super) fn plain(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(word) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let special = special(u64::from_le_bytes(*word));
        if special != 0 {
            return at + special.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| is_special(*byte)).unwrap_or(rest.len())
}

/// Whether all bytes are before the first of those.
#[inline]
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    let found = if let Some(last) = bytes.last_chunk() {
        let words = bytes.as_chunks().0.iter().chain([last]);
        words.fold(0, |found, word| found | special(u64::from_le_bytes(*word)))
    } else if let (Some([a, b, c, d]), Some([e, f, g, h])) =
        (bytes.first_chunk(), bytes.last_chunk())
    {
        special(u64::from_le_bytes([*a, *b, *c, *d, *e, *f, *g, *h]))
    } else {
        return !bytes.iter().any(|byte| is_special(*byte));
    };
    found == 0
}

const fn is_special(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | ..0x20)
}

/// The highest bit of each special byte, up to the first of them.
///
/// Subtracting borrows from the next byte where this one is special; what is set above the first
/// may therefore be wrong, and the first never is. Bytes with a highest bit of their own are those
/// of characters beyond ASCII.
#[inline]
const fn special(word: u64) -> u64 {
    let quote = (word ^ (ONES * b'"' as u64)).wrapping_sub(ONES);
    let backslash = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    let control = word.wrapping_sub(ONES * 0x20);
    (quote | backslash | control) & !word & HIGHS
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one_by_one(bytes: &[u8]) -> usize {
        bytes.iter().take_while(|byte| **byte >= 0x20 && !b"\"\\".contains(byte)).count()
    }

    #[test]
    fn each_byte_is_found_at_each_place() {
        for byte in 0..=u8::MAX {
            for place in 0..40 {
                let mut bytes = [b'a'; 40];
                bytes[place] = byte;

                assert_eq!(plain(&bytes), one_by_one(&bytes), "{byte} at {place}");
                for end in 0..=bytes.len() {
                    let is_found = one_by_one(&bytes[..end]) < end;
                    assert_eq!(is_plain(&bytes[..end]), !is_found, "{byte} at {place} of {end}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn the_first_counts(bytes in proptest::collection::vec(prop_oneof![any::<u8>(), 0x1e_u8..0x24, 0x5b_u8..0x5e], 0..40)) {
            prop_assert_eq!(plain(&bytes), one_by_one(&bytes));
            prop_assert_eq!(is_plain(&bytes), one_by_one(&bytes) == bytes.len());
        }
    }
}
