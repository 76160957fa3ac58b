//! What JSON is made of, one piece after another.

use super::plain::plain;
use super::{LeftToSerdeJson, Result};

/// How many lists and objects may stand within each other, as in serde_json.
const DEPTH: u8 = 128;

/// More digits than these may not fit an integer, and are left to serde_json.
const DIGITS: usize = 18;

/// Where reading has come to in a text.
pub(super) struct Cursor<'de> {
    text: &'de str,
    at: usize,
    /// How many lists and objects may still begin within this one.
    depth: u8,
    /// Whether reading ended at a list where an object belongs.
    pub(super) ends_at_list: bool,
}

/// A number.
pub(super) enum Number<'de> {
    Unsigned(u64),
    Signed(i64),
    /// Any but a short integer, as its text: what becomes of it depends on features of serde_json.
    Text(&'de str),
}

impl<'de> Cursor<'de> {
    pub(super) fn new(text: &'de str) -> Self {
        Self { text, at: 0, depth: DEPTH, ends_at_list: false }
    }

    #[inline]
    pub(super) fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space; it stays the next.
    #[inline]
    pub(super) fn next(&mut self) -> Option<u8> {
        loop {
            match self.byte()? {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                byte => return Some(byte),
            }
        }
    }

    #[inline]
    pub(super) fn expect(&mut self, byte: u8) -> Result {
        if self.next() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(LeftToSerdeJson)
        }
    }

    #[inline]
    pub(super) fn word(&mut self, word: &str) -> Result {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(())
        } else {
            Err(LeftToSerdeJson)
        }
    }

    /// The text up to here from `start`, which are both between characters.
    #[inline]
    fn since(&self, start: usize) -> Result<&'de str> {
        self.text.get(start..self.at).ok_or(LeftToSerdeJson)
    }

    /// The text of the string that begins here; `None`, and nothing is passed, when it has escapes
    /// or is none.
    pub(super) fn quoted(&mut self) -> Option<&'de str> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let end = start + plain(bytes.get(start..)?);
        if bytes.get(end) != Some(&b'"') {
            return None;
        }
        self.at = end + 1;
        self.text.get(start..end)
    }

    /// What serde_json makes of the string with escapes that begins here.
    #[cold]
    pub(super) fn escaped(&mut self) -> Result<String> {
        let quote = self.at;
        self.at += 1;
        loop {
            self.at += plain(self.text.as_bytes().get(self.at..).unwrap_or_default());
            match self.byte() {
                Some(b'"') => break,
                Some(b'\\') => self.at += 2,
                _ => return Err(LeftToSerdeJson),
            }
        }
        self.at += 1;
        serde_json::from_str(self.since(quote)?).map_err(|_| LeftToSerdeJson)
    }

    fn skip_string(&mut self) -> Result {
        if self.next() != Some(b'"') {
            return Err(LeftToSerdeJson);
        }
        match self.quoted() {
            Some(_) => Ok(()),
            None => self.escaped().map(drop),
        }
    }

    #[inline]
    pub(super) fn number(&mut self) -> Result<Number<'de>> {
        let start = self.at;
        let is_negative = self.byte() == Some(b'-');
        self.at += usize::from(is_negative);
        let (first, mut value) = (self.at, 0_i64);
        while let Some(digit @ b'0'..=b'9') = self.byte() {
            value = value.wrapping_mul(10).wrapping_add(i64::from(digit - b'0'));
            self.at += 1;
        }
        let digits = self.at - first;
        let is_plain = match digits {
            1 => !(is_negative && value == 0),
            2..=DIGITS => self.text.as_bytes()[first] != b'0',
            _ => false,
        };
        match self.byte() {
            Some(b'.' | b'e' | b'E') => self.number_from(start),
            _ if !is_plain => self.number_from(start),
            _ if is_negative => Ok(Number::Signed(-value)),
            _ => Ok(Number::Unsigned(value.unsigned_abs())),
        }
    }

    /// The text of the number that began at `start`.
    fn number_from(&mut self, start: usize) -> Result<Number<'de>> {
        self.at = start;
        self.skip_number()?;
        self.since(start).map(Number::Text)
    }

    /// Passes a number without reading it.
    fn skip_number(&mut self) -> Result {
        self.at += usize::from(self.byte() == Some(b'-'));
        let first = self.byte();
        let digits = self.skip_digits()?;
        if first == Some(b'0') && digits > 1 {
            return Err(LeftToSerdeJson);
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

    fn skip_digits(&mut self) -> Result<usize> {
        let first = self.at;
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
        let digits = self.at - first;
        if digits > 0 { Ok(digits) } else { Err(LeftToSerdeJson) }
    }

    /// The text of the number that is next, which is passed.
    #[inline]
    pub(super) fn digits(&mut self) -> Result<&'de str> {
        self.next();
        let start = self.at;
        self.skip_number()?;
        self.since(start)
    }

    /// The text of the next value, which is passed.
    pub(super) fn as_it_stands(&mut self) -> Result<&'de str> {
        self.next();
        let start = self.at;
        self.skip()?;
        self.since(start)
    }

    /// Passes a value without reading it.
    pub(super) fn skip(&mut self) -> Result {
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
            _ => Err(LeftToSerdeJson),
        }
    }

    /// Reads what stands between the bracket or brace here and `close`.
    #[inline]
    pub(super) fn within<T>(
        &mut self,
        close: u8,
        read: impl FnOnce(&mut Parts<'_, 'de>) -> Result<T>,
    ) -> Result<T> {
        self.at += 1;
        self.depth -= 1;
        if self.depth == 0 {
            return Err(LeftToSerdeJson);
        }
        // Given on as it is: taking it out and putting it back would move it twice.
        let value = read(&mut Parts { cursor: self, is_first: true });
        self.depth += 1;
        if self.next() != Some(close) {
            return Err(LeftToSerdeJson);
        }
        self.at += 1;
        value
    }
}

/// Items of a list, or members of an object.
pub(super) struct Parts<'a, 'de> {
    pub(super) cursor: &'a mut Cursor<'de>,
    is_first: bool,
}

impl Parts<'_, '_> {
    /// Passes the comma before the next of them, if there is a next one.
    #[inline]
    pub(super) fn has_next(&mut self, close: u8) -> Result<bool> {
        match self.cursor.next() {
            Some(byte) if byte == close => return Ok(false),
            Some(b',') if !self.is_first => self.cursor.at += 1,
            Some(_) if self.is_first => self.is_first = false,
            _ => return Err(LeftToSerdeJson),
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_without_escapes_is_passed_as_it_stands() {
        for (text, quoted, next) in [
            ("\"\",", Some(""), Some(b',')),
            ("\"a name of many letters\":", Some("a name of many letters"), Some(b':')),
            ("\"\\n\"", None, Some(b'"')),
            ("\"a", None, Some(b'"')),
        ] {
            let mut cursor = Cursor::new(text);

            assert_eq!((cursor.quoted(), cursor.next()), (quoted, next), "{text}");
        }
    }
}
