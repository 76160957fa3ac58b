//! Limits the memory of decoded replies: values need more memory than their text.

use std::fmt;

use super::TransportError;

/// Largest cost of the JSON values of a successful reply, 1 048 576. A reply that costs more is an
/// error of kind [`Decode`](super::TransportErrorKind::Decode).
///
/// A list costs 10, and so does each item after the first. An object costs 10, each member after
/// the first 1, and from the twelfth member on 2. The reply to the largest cart, with an effect for
/// each of its 10 000 units, costs about half of the limit.
pub const MAX_REPLY_COST: usize = 1024 * 1024;

/// Cost of a value that may be a model, 576 bytes, or a node of a map, 632 bytes and more.
const VALUE_COST: usize = 10;
/// Members in a node of a B-tree map; with many members, nodes are half full.
const NODE_MEMBERS: usize = 11;

/// Bytes that are counted between two yields.
const CHUNK_BYTES: usize = 256 * 1024;

/// Checks the cost of `json`. Invalid JSON is left to the codec.
///
/// # Errors
/// [`Decode`](super::TransportErrorKind::Decode) when it costs more than [`MAX_REPLY_COST`].
pub(crate) async fn check_cost(json: &[u8]) -> Result<(), TransportError> {
    // A byte costs at most `VALUE_COST`, so ordinary replies are not counted.
    if json.len() <= MAX_REPLY_COST / VALUE_COST {
        return Ok(());
    }
    let mut counter = CostCounter::default();
    for chunk in json.chunks(CHUNK_BYTES) {
        counter.read(chunk);
        if counter.cost > MAX_REPLY_COST {
            return Err(TransportError::decode(ReplyTooCostly));
        }
        tokio::task::yield_now().await;
    }
    Ok(())
}

/// Adds up the cost of JSON, chunk by chunk.
#[derive(Debug, Default)]
struct CostCounter {
    cost: usize,
    in_string: bool,
    is_escaped: bool,
    /// A bit for each open list (0) or object (1), the innermost lowest. The codec refuses JSON
    /// that is nested deeper than there are bits.
    open: u128,
    /// Members after the last opening brace.
    members: usize,
}

impl CostCounter {
    fn read(&mut self, chunk: &[u8]) {
        for &byte in chunk {
            if self.in_string {
                self.in_string = self.is_escaped || byte != b'"';
                self.is_escaped = !self.is_escaped && byte == b'\\';
            } else {
                self.add(byte);
            }
        }
    }

    fn add(&mut self, byte: u8) {
        match byte {
            b'"' => self.in_string = true,
            b'{' => {
                self.cost += VALUE_COST;
                self.open = self.open << 1 | 1;
                self.members = 1;
            }
            b'[' => {
                self.cost += VALUE_COST;
                self.open <<= 1;
            }
            b'}' | b']' => self.open >>= 1,
            b',' if self.open & 1 == 1 => {
                self.members += 1;
                self.cost += if self.members <= NODE_MEMBERS { 1 } else { 2 };
            }
            b',' => self.cost += VALUE_COST,
            _ => {}
        }
    }
}

/// The values of the reply cost more than [`MAX_REPLY_COST`].
#[derive(Debug)]
struct ReplyTooCostly;

impl fmt::Display for ReplyTooCostly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the reply has too many values: they cost more than {MAX_REPLY_COST}")
    }
}

impl std::error::Error for ReplyTooCostly {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TransportErrorKind;

    fn cost(json: &str) -> usize {
        let mut counter = CostCounter::default();
        // A value may start anywhere in a chunk.
        json.as_bytes().chunks(1).for_each(|chunk| counter.read(chunk));
        counter.cost
    }

    #[test]
    fn lists_and_objects_cost_more() {
        for (json, expected) in [
            ("0", 0),
            ("[]", 10),
            ("[0]", 10),
            ("[0,0,0]", 30),
            ("[[],[[]]]", 50),
            ("{}", 10),
            (r#"{"a":1,"b":[{}, {}],"c":{"d":0,"e":0}, "f":0}"#, 10 + 1 + 40 + 1 + 11 + 1),
            (r#"{"a":[0],"b":0}"#, 21),
            (r#"[",[{","\",[","\\",0]"#, 40),
        ] {
            assert_eq!(cost(json), expected, "{json}");
        }
    }

    #[test]
    fn members_of_large_objects_cost_more() {
        let object = |members| format!("{{{}}}", vec![r#""a":0"#; members].join(","));

        for (members, expected) in [(1, 10), (11, 20), (12, 22), (111, 220)] {
            assert_eq!(cost(&object(members)), expected, "{members}");
        }
        // Those of one do not make those of another cost more.
        assert_eq!(cost(&format!("[{},{}]", object(11), object(11))), 60);
    }

    #[tokio::test]
    async fn the_cost_of_values_is_limited() {
        let list = |items| format!("[{}0]", "0,".repeat(items - 1));
        let most = MAX_REPLY_COST / VALUE_COST;
        let text = format!("[\"{}\"]", ",".repeat(2 * MAX_REPLY_COST));

        assert!(check_cost(list(most).as_bytes()).await.is_ok());
        assert!(check_cost(text.as_bytes()).await.is_ok());
        let error = check_cost(list(most + 1).as_bytes()).await.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Decode);
    }

    /// An effect for each unit, and more members than any model has.
    #[test]
    fn replies_of_the_largest_cart_stay_far_below() {
        let members = |count| vec![r#""name":0"#; count].join(",");
        let effect = format!(r#"{{{},"props":{{{}}}}},"#, members(16), members(12));
        let line = format!(
            r#"{{{},"product":{{{}}},"attributes":{{{}}},"additionalCosts":{{"a":{{"price":0}},"b":{{"price":0}}}}}},"#,
            members(20),
            members(2),
            members(20),
        );
        let (units, lines) = (10_000, 1000);
        let reply = format!(
            r#"{{"customerSession":{{"cartItems":[{}0]}},"effects":[{}0]}}"#,
            line.repeat(lines),
            effect.repeat(units)
        );

        assert!(cost(&reply) < MAX_REPLY_COST * 3 / 4, "{}", cost(&reply));
    }
}
