//! The tokens of JSON, one after another.

use crate::fallback::{Fallback, Result};
use crate::scan::find_special;

mod parts;

pub(crate) use parts::Parts;

/// Levels of lists and objects within each other, as in serde_json.
const MAX_DEPTH: u8 = 128;

/// Digits of an integer that certainly fits an `i64`; more are left to serde_json.
const SHORT: usize = 18;

/// A position in a text.
pub(crate) struct Cursor<'de> {
    text: &'de str,
    at: usize,
    /// Levels of lists and objects that may still begin within this one.
    depth: u8,
    /// Whether values are read strictly.
    pub(crate) is_strict: bool,
}

impl<'de> Cursor<'de> {
    pub(crate) fn new(text: &'de str, is_strict: bool) -> Self {
        Self { text, at: 0, depth: MAX_DEPTH, is_strict }
    }

    #[inline]
    pub(crate) fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Skips white space and returns the byte after it, which stays the next.
    #[inline]
    pub(crate) fn next(&mut self) -> Option<u8> {
        self.at = after_space(self.text.as_bytes(), self.at);
        self.byte()
    }

    #[inline]
    pub(crate) fn expect(&mut self, byte: u8) -> Result {
        if self.next() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(Fallback)
        }
    }

    #[inline]
    pub(crate) fn word(&mut self, word: &str) -> Result {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(())
        } else {
            Err(Fallback)
        }
    }

    /// The text from `start` to here; both are boundaries of characters.
    #[inline]
    fn since(&self, start: usize) -> Result<&'de str> {
        self.text.get(start..self.at).ok_or(Fallback)
    }

    /// The text of the next value, a string without escapes. `None` for any other; the position is
    /// then unchanged.
    pub(crate) fn plain_str(&mut self) -> Option<&'de str> {
        let bytes = self.text.as_bytes();
        let mut start = self.at + 1;
        if bytes.get(self.at) != Some(&b'"') {
            start = after_space(bytes, self.at) + 1;
            if bytes.get(start - 1) != Some(&b'"') {
                return None;
            }
        }
        let end = plain_end(bytes, start)?;
        self.at = end + 1;
        self.text.get(..end)?.get(start..)
    }

    /// The text of the next value, a string that may have escapes, as serde_json reads it.
    #[cold]
    pub(crate) fn escaped_str(&mut self) -> Result<String> {
        if self.next() != Some(b'"') {
            return Err(Fallback);
        }
        let quote = self.at;
        self.at += 1;
        loop {
            self.at += find_special(self.text.as_bytes().get(self.at..).unwrap_or_default());
            match self.byte() {
                Some(b'"') => break,
                Some(b'\\') => self.at += 2,
                _ => return Err(Fallback),
            }
        }
        self.at += 1;
        serde_json::from_str(self.since(quote)?).map_err(|_| Fallback)
    }

    fn skip_string(&mut self) -> Result {
        match self.plain_str() {
            Some(_) => Ok(()),
            None => self.escaped_str().map(drop),
        }
    }

    /// The next value, an integer of few digits. `None` for any other; the position is then unchanged.
    pub(crate) fn short_integer(&mut self) -> Option<i64> {
        let bytes = self.text.as_bytes();
        let start = after_space(bytes, self.at);
        let is_negative = bytes.get(start) == Some(&b'-');
        let first = start + usize::from(is_negative);
        let (mut at, mut value) = (first, 0_i64);
        while let Some(digit @ b'0'..=b'9') = bytes.get(at) {
            value = value.wrapping_mul(10).wrapping_add(i64::from(digit - b'0'));
            at += 1;
        }
        let is_short = match at - first {
            1 => !(is_negative && value == 0),
            2..=SHORT => bytes[first] != b'0',
            _ => false,
        };
        if !is_short || matches!(bytes.get(at), Some(b'.' | b'e' | b'E')) {
            return None;
        }
        self.at = at;
        Some(if is_negative { -value } else { value })
    }

    /// Skips a number.
    fn skip_number(&mut self) -> Result {
        let bytes = self.text.as_bytes();
        let first = self.at + usize::from(bytes.get(self.at) == Some(&b'-'));
        let mut at = after_digits(bytes, first)?;
        if bytes.get(first) == Some(&b'0') && at > first + 1 {
            return Err(Fallback);
        }
        if bytes.get(at) == Some(&b'.') {
            at = after_digits(bytes, at + 1)?;
        }
        if let Some(b'e' | b'E') = bytes.get(at) {
            at += 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
            at = after_digits(bytes, at)?;
        }
        self.at = at;
        Ok(())
    }

    /// Skips the next number and returns its text.
    pub(crate) fn digits(&mut self) -> Result<&'de str> {
        self.next();
        let start = self.at;
        self.skip_number()?;
        self.since(start)
    }

    /// Skips the next value and returns its text.
    pub(crate) fn raw_value(&mut self) -> Result<&'de str> {
        self.next();
        let start = self.at;
        self.skip()?;
        self.since(start)
    }

    /// Skips a value.
    pub(crate) fn skip(&mut self) -> Result {
        match self.next() {
            Some(b'"') => self.skip_string(),
            Some(b'-' | b'0'..=b'9') => self.skip_number(),
            Some(b'n') => self.word("null"),
            Some(b't') => self.word("true"),
            Some(b'f') => self.word("false"),
            Some(b'[') => self.within(b']', |items| {
                while items.has_next(b']')? {
                    items.cursor.skip()?;
                }
                Ok(())
            }),
            Some(b'{') => self.within(b'}', |members| {
                while members.has_next(b'}')? {
                    members.cursor.skip_string()?;
                    members.cursor.expect(b':')?;
                    members.cursor.skip()?;
                }
                Ok(())
            }),
            _ => Err(Fallback),
        }
    }

    /// Reads the items or members from the bracket or brace here to `close`.
    #[inline]
    pub(crate) fn within<T>(
        &mut self,
        close: u8,
        read: impl FnOnce(&mut Parts<'_, 'de>) -> Result<T>,
    ) -> Result<T> {
        self.at += 1;
        self.depth -= 1;
        if self.depth == 0 {
            return Err(Fallback);
        }
        // The result is passed on unopened: to unwrap and wrap it would move it twice.
        let value = read(&mut Parts::new(self));
        self.depth += 1;
        if self.next() != Some(close) {
            return Err(Fallback);
        }
        self.at += 1;
        value
    }
}

/// Where the first byte from `at` on is that is no white space.
#[inline]
fn after_space(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\t' | b'\n' | b'\r') = bytes.get(at) {
        at += 1;
    }
    at
}

/// Where the digits end that begin at `start`.
#[inline]
fn after_digits(bytes: &[u8], start: usize) -> Result<usize> {
    let mut at = start;
    while let Some(b'0'..=b'9') = bytes.get(at) {
        at += 1;
    }
    if at > start { Ok(at) } else { Err(Fallback) }
}

/// Where the string ends whose content begins at `start`; `None` if it has escapes.
#[inline]
fn plain_end(bytes: &[u8], start: usize) -> Option<usize> {
    let end = start + find_special(bytes.get(start..)?);
    (bytes.get(end) == Some(&b'"')).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_without_escapes_is_borrowed() {
        for (text, content, next) in [
            ("\"\",", Some(""), Some(b',')),
            ("\"a name of many letters\":", Some("a name of many letters"), Some(b':')),
            ("\"\\n\"", None, Some(b'"')),
            ("\"a", None, Some(b'"')),
        ] {
            let mut cursor = Cursor::new(text, false);

            assert_eq!((cursor.plain_str(), cursor.next()), (content, next), "{text}");
        }
    }
}
