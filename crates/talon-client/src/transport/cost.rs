//! A bound for what a reply costs once it is read: values take more room than their text.

use std::fmt;

use super::TransportError;

/// Most values in the JSON of a reply, 1 048 576, counted as its commas and opening brackets.
///
/// `[0,0,…]` of the [largest size](super::MAX_REPLY_BYTES) has eight times as many, and would take
/// 16 times the room of its text.
pub const MAX_REPLY_VALUES: usize = 1024 * 1024;

/// Bytes that are looked at in one go.
const PIECE: usize = 256 * 1024;

/// Whether the values of `json` have a bound; what is no JSON is for the codec to refuse.
///
/// # Errors
/// [`Decode`](super::TransportErrorKind::Decode) when there are more than [`MAX_REPLY_VALUES`].
pub(crate) async fn check_values(json: &[u8]) -> Result<(), TransportError> {
    // Each takes a byte at least: ordinary replies are not looked at.
    if json.len() <= MAX_REPLY_VALUES {
        return Ok(());
    }
    let mut counter = Counter::default();
    for piece in json.chunks(PIECE) {
        counter.read(piece);
        if counter.values > MAX_REPLY_VALUES {
            return Err(TransportError::decode(ManyValues));
        }
        tokio::task::yield_now().await;
    }
    Ok(())
}

#[derive(Debug, Default)]
struct Counter {
    values: usize,
    in_text: bool,
    is_escaped: bool,
}

impl Counter {
    fn read(&mut self, piece: &[u8]) {
        for &byte in piece {
            if self.in_text {
                self.in_text = self.is_escaped || byte != b'"';
                self.is_escaped = !self.is_escaped && byte == b'\\';
            } else {
                self.in_text = byte == b'"';
                self.values += usize::from(matches!(byte, b',' | b'[' | b'{'));
            }
        }
    }
}

/// The reply has more values than [`MAX_REPLY_VALUES`].
#[derive(Debug)]
struct ManyValues;

impl fmt::Display for ManyValues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the reply has more than {MAX_REPLY_VALUES} values")
    }
}

impl std::error::Error for ManyValues {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TransportErrorKind;

    fn count(json: &str) -> usize {
        let mut counter = Counter::default();
        // A value may begin anywhere in a piece.
        json.as_bytes().chunks(1).for_each(|piece| counter.read(piece));
        counter.values
    }

    #[test]
    fn values_are_counted_outside_of_texts() {
        for (json, values) in
            [("0", 0), ("[0,0,0]", 3), (r#"{"a":1,"b":[{}]}"#, 4), (r#"[",[{","\",[","\\",0]"#, 4)]
        {
            assert_eq!(count(json), values, "{json}");
        }
    }

    #[tokio::test]
    async fn values_have_a_bound() {
        let most = format!("[{}0]", "0,".repeat(MAX_REPLY_VALUES - 1));
        let more = format!("[{}0]", "0,".repeat(MAX_REPLY_VALUES));
        let text = format!("[\"{}\"]", ",".repeat(2 * MAX_REPLY_VALUES));

        assert!(check_values(most.as_bytes()).await.is_ok());
        assert!(check_values(text.as_bytes()).await.is_ok());
        let error = check_values(more.as_bytes()).await.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Decode);
    }
}
