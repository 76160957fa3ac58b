//! Lone surrogates.
//!
//! JavaScript cuts strings between the two surrogates of an emoji and writes the one that is left as
//! an escape, `\ud83d`. UTF-8 cannot hold it. Go's decoder reads U+FFFD, and so does this crate.

use std::borrow::Cow;

/// Replaces each escaped lone surrogate by an escaped U+FFFD, of the same length.
pub(crate) fn replace_lone(json: &[u8]) -> Cow<'_, [u8]> {
    let mut json = Cow::Borrowed(json);
    let mut at = 0;
    while let Some(escape) = position(&json, at) {
        let follows = code_unit(&json, escape + LENGTH);
        at = match code_unit(&json, escape) {
            Some(0xd800..=0xdbff) if matches!(follows, Some(0xdc00..=0xdfff)) => {
                escape + 2 * LENGTH
            }
            Some(0xd800..=0xdfff) => {
                json.to_mut()[escape + 2..escape + LENGTH].copy_from_slice(b"fffd");
                escape + LENGTH
            }
            Some(_) => escape + LENGTH,
            None => escape + 2,
        };
    }
    json
}

/// Length of an escape, in bytes.
const LENGTH: usize = 6;

/// Where the next backslash is.
fn position(json: &[u8], from: usize) -> Option<usize> {
    let rest = json.get(from..)?;
    rest.iter().position(|byte| *byte == b'\\').map(|offset| from + offset)
}

/// The UTF-16 code unit that is escaped at `at`.
fn code_unit(json: &[u8], at: usize) -> Option<u16> {
    let [b'\\', b'u', digits @ ..] = json.get(at..)?.first_chunk::<LENGTH>()? else { return None };
    digits.iter().try_fold(0, |unit, digit| {
        let digit = char::from(*digit).to_digit(16)?;
        Some(unit << 4 | u16::try_from(digit).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lone_surrogates_are_replaced_and_pairs_are_not() {
        for (json, replaced) in [
            (r#""smile \ud83d""#, r#""smile \ufffd""#),
            (r#""\uDE00 \ud83d\uDE00 \ude00""#, r#""\ufffd \ud83d\uDE00 \ufffd""#),
            (r#""\ud83d\ud83d\ude00""#, r#""\ufffd\ud83d\ude00""#),
            (r#""\ud83d\n\ud83d\u0041\ud83d\\ude00""#, r#""\ufffd\n\ufffd\u0041\ufffd\\ude00""#),
            (r#"{"\udbff":"\udfff\udbff"}"#, r#"{"\ufffd":"\ufffd\ufffd"}"#),
        ] {
            assert_eq!(replace_lone(json.as_bytes()), replaced.as_bytes());
        }
    }

    #[test]
    fn other_text_is_unchanged() {
        for json in [
            r#""\ud83d\ude00 \u00e9 \\ud83d \n""#,
            r#""\u+83d \ud83 \ud8""#,
            r#""\ud83"#,
            r"\u",
            r"\",
            "",
        ] {
            assert!(matches!(replace_lone(json.as_bytes()), Cow::Borrowed(_)), "{json}");
        }
    }
}
