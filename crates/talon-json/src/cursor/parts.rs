//! Items of lists and members of objects.

use super::{Cursor, after_space, plain_end};
use crate::fallback::{Fallback, Result};

/// Items of a list, or members of an object.
pub(crate) struct Parts<'a, 'de> {
    pub(crate) cursor: &'a mut Cursor<'de>,
    is_first: bool,
}

impl<'a, 'de> Parts<'a, 'de> {
    #[inline]
    pub(super) fn new(cursor: &'a mut Cursor<'de>) -> Self {
        Self { cursor, is_first: true }
    }

    /// The name of the next member, without escapes; the position is then after its colon. `None`
    /// where another name is next, or none; the position is then unchanged.
    pub(crate) fn plain_name(&mut self) -> Option<&'de str> {
        let (text, bytes) = (self.cursor.text, self.cursor.text.as_bytes());
        let at = self.cursor.at;
        // Without white space, as a service writes it.
        let mut start = at + 2 - usize::from(self.is_first);
        let is_compact =
            bytes.get(start - 1) == Some(&b'"') && (self.is_first || bytes.get(at) == Some(&b','));
        if !is_compact {
            start = self.start_of_name()?;
        }
        let end = plain_end(bytes, start)?;
        let mut colon = end + 1;
        if bytes.get(colon) != Some(&b':') {
            colon = after_space(bytes, colon);
            if bytes.get(colon) != Some(&b':') {
                return None;
            }
        }
        self.is_first = false;
        self.cursor.at = colon + 1;
        text.get(..end)?.get(start..)
    }

    /// Where the name of the next member begins, after its quote.
    #[inline(never)]
    fn start_of_name(&self) -> Option<usize> {
        let bytes = self.cursor.text.as_bytes();
        let mut at = after_space(bytes, self.cursor.at);
        if !self.is_first {
            if bytes.get(at) != Some(&b',') {
                return None;
            }
            at = after_space(bytes, at + 1);
        }
        (bytes.get(at) == Some(&b'"')).then_some(at + 1)
    }

    /// Any other name than [`plain_name`](Self::plain_name) reads.
    pub(crate) fn escaped_name(&mut self) -> Result<Option<String>> {
        if !self.has_next(b'}')? {
            return Ok(None);
        }
        let name = self.cursor.escaped_str()?;
        self.cursor.expect(b':')?;
        Ok(Some(name))
    }

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
