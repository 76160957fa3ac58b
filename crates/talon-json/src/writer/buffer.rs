//! Text that grows at its end.

use crate::scan::{find_special, special};

/// Bytes of room that are made at least and at most, where a text does not need more. More in one step
/// would be cleared in vain at the end of a text.
const STEPS: (usize, usize) = (512, 1024);

/// JSON, and after it zeros, which are overwritten next.
///
/// So a text of known length, with the quotes around it, is written after a single check of the room,
/// where `Vec` checks at each step.
pub(super) struct Buffer {
    bytes: Vec<u8>,
    len: usize,
}

impl Buffer {
    pub(super) fn new() -> Self {
        Self { bytes: Vec::new(), len: 0 }
    }

    pub(super) fn into_vec(mut self) -> Vec<u8> {
        self.bytes.truncate(self.len);
        self.bytes
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// What is written at `index`.
    pub(super) fn byte(&self, index: usize) -> Option<u8> {
        self.bytes.get(..self.len)?.get(index).copied()
    }

    /// The next `length` bytes.
    #[inline]
    fn room(&mut self, length: usize) -> &mut [u8] {
        if self.bytes.len() - self.len < length {
            self.grow(length);
        }
        let start = self.len;
        self.len += length;
        &mut self.bytes[start..start + length]
    }

    /// Makes room for `length` bytes and some more. The capacity of the `Vec` at least doubles when it
    /// is used up, and what it has is cleared step by step.
    #[cold]
    #[inline(never)]
    fn grow(&mut self, length: usize) {
        let (least, most) = STEPS;
        self.bytes.resize(self.len + length.max(self.len.clamp(least, most)), 0);
    }

    #[inline]
    pub(super) fn put(&mut self, text: &[u8]) {
        copy(text, self.room(text.len()));
    }

    #[inline]
    pub(super) fn put_byte(&mut self, byte: u8) {
        self.room(1)[0] = byte;
    }

    /// Writes a string.
    pub(super) fn put_string(&mut self, text: &str) {
        let start = self.len;
        let room = self.room(text.len() + 2);
        if let Some(([first], rest)) = room.split_first_chunk_mut()
            && let Some((content, [last])) = rest.split_last_chunk_mut()
            && copy_plain(text.as_bytes(), content)
        {
            (*first, *last) = (b'"', b'"');
        } else {
            self.len = start;
            self.put_escaped(text.as_bytes());
        }
    }

    /// Writes `before`, the name of a member and a colon.
    pub(super) fn put_name(&mut self, before: u8, name: &str) {
        let start = self.len;
        let room = self.room(name.len() + 4);
        if let Some((first, rest)) = room.split_first_chunk_mut()
            && let Some((content, last)) = rest.split_last_chunk_mut()
            && copy_plain(name.as_bytes(), content)
        {
            *first = [before, b'"'];
            *last = *b"\":";
        } else {
            self.len = start;
            self.put_byte(before);
            self.put_escaped(name.as_bytes());
            self.put_byte(b':');
        }
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
        self.room(2);
        let end = self.len - 1;
        self.bytes.copy_within(start..end - 1, start + 1);
        (self.bytes[start], self.bytes[end]) = (b'"', b'"');
    }
}

/// Copies a text, which is mostly short, to a place of the same length.
#[inline]
fn copy(from: &[u8], to: &mut [u8]) {
    match from.len() {
        0..4 => drop(copy_few(from, to)),
        4..8 => copy_ends::<4>(from, to),
        8..=16 => copy_ends::<8>(from, to),
        _ => to.copy_from_slice(from),
    }
}

/// Copies a text as [`copy`] does, and returns whether it has nothing to escape.
#[inline]
fn copy_plain(from: &[u8], to: &mut [u8]) -> bool {
    let found = match from.len() {
        0..4 => copy_few(from, to),
        4..8 => {
            copy_ends::<4>(from, to);
            let half = |half: Option<&[u8; 4]>| {
                half.map_or(0, |half| u64::from(u32::from_le_bytes(*half)))
            };
            special(half(from.first_chunk()) | half(from.last_chunk()) << 32)
        }
        8..=16 => {
            copy_ends::<8>(from, to);
            special_in(from.first_chunk()) | special_in(from.last_chunk())
        }
        _ => {
            to.copy_from_slice(from);
            let words = from.as_chunks().0.iter();
            words.fold(special_in(from.last_chunk()), |found, word| found | special_in(Some(word)))
        }
    };
    found == 0
}

/// What is special in eight bytes.
#[inline]
fn special_in(word: Option<&[u8; 8]>) -> u64 {
    word.map_or(0, |word| special(u64::from_le_bytes(*word)))
}

/// Copies the first and the last `N` bytes of `N` to `2 * N` bytes.
#[inline]
fn copy_ends<const N: usize>(from: &[u8], to: &mut [u8]) {
    if let (Some(first), Some(last)) = (from.first_chunk::<N>(), from.last_chunk::<N>()) {
        if let Some(to) = to.first_chunk_mut() {
            *to = *first;
        }
        if let Some(to) = to.last_chunk_mut() {
            *to = *last;
        }
    }
}

/// Copies up to three bytes, and returns what is special in them.
#[inline]
fn copy_few(from: &[u8], to: &mut [u8]) -> u64 {
    let mut found = 0;
    for (from, to) in from.iter().zip(to).take(3) {
        *to = *from;
        found |= special(u64::from(*from) | !0xff);
    }
    found
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
        let (least, most) = STEPS;
        for length in [0, least - 2, least - 1, most - 2, most, 100 * most + 1] {
            let text = "x".repeat(length);

            let twice = written(|buffer| {
                buffer.put_string(&text);
                buffer.put_string(&text);
            });

            assert_eq!(twice, format!("\"{text}\"\"{text}\""));
        }
    }
}
