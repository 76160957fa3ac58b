//! The tokens of JSON, one after another.

use crate::fallback::{Fallback, Result};
use crate::scan::find_special;

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

/// A number.
pub(crate) enum Number<'de> {
    Unsigned(u64),
    Signed(i64),
    /// Text of any other number; its value depends on the features of serde_json.
    Text(&'de str),
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
        loop {
            match self.byte()? {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                byte => return Some(byte),
            }
        }
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

    /// The text of the string that begins here. `None` when it has escapes or is no string; the
    /// position is then unchanged.
    #[inline]
    pub(crate) fn unescaped_str(&mut self) -> Option<&'de str> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let end = start + find_special(bytes.get(start..)?);
        if bytes.get(end) != Some(&b'"') {
            return None;
        }
        self.at = end + 1;
        self.text.get(start..end)
    }

    /// The text of the string with escapes that begins here, as serde_json reads it.
    #[cold]
    pub(crate) fn escaped_str(&mut self) -> Result<String> {
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
        if self.next() != Some(b'"') {
            return Err(Fallback);
        }
        match self.unescaped_str() {
            Some(_) => Ok(()),
            None => self.escaped_str().map(drop),
        }
    }

    #[inline]
    pub(crate) fn number(&mut self) -> Result<Number<'de>> {
        let start = self.at;
        let is_negative = self.byte() == Some(b'-');
        self.at += usize::from(is_negative);
        let (first, mut value) = (self.at, 0_i64);
        while let Some(digit @ b'0'..=b'9') = self.byte() {
            value = value.wrapping_mul(10).wrapping_add(i64::from(digit - b'0'));
            self.at += 1;
        }
        let digits = self.at - first;
        let is_short = match digits {
            1 => !(is_negative && value == 0),
            2..=SHORT => self.text.as_bytes()[first] != b'0',
            _ => false,
        };
        match self.byte() {
            Some(b'.' | b'e' | b'E') => self.number_from(start),
            _ if !is_short => self.number_from(start),
            _ if is_negative => Ok(Number::Signed(-value)),
            _ => Ok(Number::Unsigned(value.unsigned_abs())),
        }
    }

    /// The text of the number that began at `start`.
    #[inline]
    fn number_from(&mut self, start: usize) -> Result<Number<'de>> {
        self.at = start;
        self.skip_number()?;
        self.since(start).map(Number::Text)
    }

    /// Skips a number.
    #[inline]
    fn skip_number(&mut self) -> Result {
        self.at += usize::from(self.byte() == Some(b'-'));
        let first = self.byte();
        let digits = self.skip_digits()?;
        if first == Some(b'0') && digits > 1 {
            return Err(Fallback);
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.skip_digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            self.skip_digits()?;
        }
        Ok(())
    }

    #[inline]
    fn skip_digits(&mut self) -> Result<usize> {
        let first = self.at;
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
        let digits = self.at - first;
        if digits > 0 { Ok(digits) } else { Err(Fallback) }
    }

    /// Skips the next number and returns its text.
    #[inline]
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
        let value = read(&mut Parts { cursor: self, is_first: true });
        self.depth += 1;
        if self.next() != Some(close) {
            return Err(Fallback);
        }
        self.at += 1;
        value
    }
}

/// Items of a list, or members of an object.
pub(crate) struct Parts<'a, 'de> {
    pub(crate) cursor: &'a mut Cursor<'de>,
    is_first: bool,
}

impl Parts<'_, '_> {
    /// Whether there is a next one; skips the comma before it.
    #[inline]
    pub(crate) fn has_next(&mut self, close: u8) -> Result<bool> {
        match self.cursor.next() {
            Some(byte) if byte == close => return Ok(false),
            Some(b',') if !self.is_first => self.cursor.at += 1,
            Some(_) if self.is_first => self.is_first = false,
            _ => return Err(Fallback),
        }
        Ok(true)
    }
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

            assert_eq!((cursor.unescaped_str(), cursor.next()), (content, next), "{text}");
        }
    }
}
