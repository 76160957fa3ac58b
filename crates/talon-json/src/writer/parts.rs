//! Lists and objects, item by item.

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, SerializeTupleStruct,
};

use super::Writer;
use crate::fallback::{Fallback, Result};

/// Items between brackets, or members between braces.
pub(super) struct Parts<'a> {
    pub(super) writer: &'a mut Writer,
    /// What ends them; nothing for raw JSON.
    pub(super) close: Option<u8>,
    pub(super) is_first: bool,
}

impl Parts<'_> {
    #[inline]
    fn separate(&mut self) {
        if !self.is_first {
            self.writer.json.push(b',');
        }
        self.is_first = false;
    }

    #[inline]
    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        value.serialize(&mut *self.writer)
    }

    #[expect(clippy::unnecessary_wraps, reason = "its callers return that")]
    #[inline]
    fn end(self) -> Result {
        self.writer.json.extend(self.close);
        Ok(())
    }
}

/// Lists of every kind.
macro_rules! items {
    ($( $kind:ident::$method:ident )+) => {
        $(
            impl $kind for Parts<'_> {
                type Ok = ();
                type Error = Fallback;

                fn $method<T: Serialize + ?Sized>(&mut self, item: &T) -> Result {
                    self.separate();
                    self.value(item)
                }

                fn end(self) -> Result {
                    self.end()
                }
            }
        )+
    };
}

items! { SerializeSeq::serialize_element SerializeTuple::serialize_element SerializeTupleStruct::serialize_field }

impl SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = Fallback;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result {
        self.separate();
        let start = self.writer.json.len();
        self.value(key)?;
        if self.writer.json.get(start) == Some(&b'"') { Ok(()) } else { Err(Fallback) }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result {
        self.writer.json.push(b':');
        self.value(value)
    }

    fn end(self) -> Result {
        self.end()
    }
}

impl SerializeStruct for Parts<'_> {
    type Ok = ();
    type Error = Fallback;

    #[inline]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result {
        self.writer.is_raw = self.close.is_none();
        if self.writer.is_raw {
            let written = self.value(value);
            self.writer.is_raw = false;
            return written;
        }
        self.separate();
        self.writer.string(key)?;
        self.writer.json.push(b':');
        self.value(value)
    }

    fn end(self) -> Result {
        self.end()
    }
}
