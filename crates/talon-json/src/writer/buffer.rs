//! Text that grows at its end.

use crate::scan::{find_special, has_special};

/// Bytes that most replies and rows fit in.
const INITIAL_CAPACITY: usize = 512;

/// JSON that grows at its end.
pub(super) struct Buffer {
    bytes: Vec<u8>,
}

impl Buffer {
    pub(super) fn new() -> Self {
        Self { bytes: Vec::with_capacity(INITIAL_CAPACITY) }
    }

    pub(super) fn into_vec(self) -> Vec<u8> {
        self.bytes
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// What is written at `index`.
    pub(super) fn byte(&self, index: usize) -> Option<u8> {
        self.bytes.get(index).copied()
    }

    #[inline]
    pub(super) fn put(&mut self, text: &[u8]) {
        self.bytes.extend_from_slice(text);
    }

    #[inline]
    pub(super) fn put_byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// Writes a string.
    #[inline]
    pub(super) fn put_string(&mut self, text: &str) {
        if has_special(text.as_bytes()) {
            return self.put_escaped(text.as_bytes());
        }
        self.bytes.push(b'"');
        self.bytes.extend_from_slice(text.as_bytes());
        self.bytes.push(b'"');
    }

    /// Writes `before`, the name of a member and a colon.
    #[inline]
    pub(super) fn put_name(&mut self, before: u8, name: &str) {
        self.bytes.push(before);
        self.put_string(name);
        self.bytes.push(b':');
    }

    #[cold]
    fn put_escaped(&mut self, mut text: &[u8]) {
        self.put_byte(b'"');
        loop {
            let (plain, special) = text.split_at(find_special(text));
            self.put(plain);
            let Some((special, after)) = special.split_first() else { break };
            self.put_escape(*special);
            text = after;
        }
        self.put_byte(b'"');
    }

    fn put_escape(&mut self, byte: u8) {
        let short = match byte {
            0x08 => b'b',
            0x0c => b'f',
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            b'"' | b'\\' => byte,
            _ => {
                let hex = |digit: u8| b"0123456789abcdef"[usize::from(digit)];
                return self.put(&[b'\\', b'u', b'0', b'0', hex(byte >> 4), hex(byte & 0xf)]);
            }
        };
        self.put(&[b'\\', short]);
    }

    /// Makes a string of what is written from `start` on.
    #[cold]
    pub(super) fn quote(&mut self, start: usize) {
        self.bytes.insert(start, b'"');
        self.bytes.push(b'"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl Fn(&mut Buffer)) -> String {
        let mut buffer = Buffer::new();
        write(&mut buffer);
        String::from_utf8(buffer.into_vec()).unwrap()
    }

    #[test]
    fn texts_of_each_length_are_written_as_serde_json_writes_them() {
        for length in 0..80 {
            for special in ["", "\"", "\\", "\n", "\u{1}", "\u{7f}", "é", "!"] {
                for start in [0, length / 2, length] {
                    let mut text = "abcdefghij".repeat(8)[..length].to_owned();
                    text.insert_str(start, special);

                    let expected = serde_json::to_string(&text).unwrap();
                    assert_eq!(written(|buffer| buffer.put_string(&text)), expected);
                    let named = written(|buffer| buffer.put_name(b',', &text));
                    assert_eq!(named, format!(",{expected}:"));
                    assert_eq!(written(|buffer| buffer.put(text.as_bytes())), text);
                }
            }
        }
    }

    #[test]
    fn a_text_of_any_length_is_whole() {
        for length in [0, INITIAL_CAPACITY - 2, INITIAL_CAPACITY, 100 * INITIAL_CAPACITY + 1] {
            let text = "x".repeat(length);

            let twice = written(|buffer| {
                buffer.put_string(&text);
                buffer.put_string(&text);
            });

            assert_eq!(twice, format!("\"{text}\"\"{text}\""));
        }
    }
}
