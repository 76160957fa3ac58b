//! Lists and objects, item by item.

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};
use serde_json::{Error, Result};

use super::Writer;

/// In place of brackets: the one part is raw JSON.
pub(super) const RAW: u8 = 0;

/// Items between brackets, or members between braces.
pub(super) struct Parts<'a> {
    pub(super) writer: &'a mut Writer,
    /// What comes before the next part: the bracket, then commas.
    pub(super) before: u8,
    /// What ends them.
    pub(super) close: u8,
}

impl Parts<'_> {
    #[inline]
    fn separate(&mut self) {
        self.writer.json.put_byte(self.before);
        self.before = b',';
    }

    #[inline]
    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        value.serialize(&mut *self.writer)
    }

    /// Writes the text that is the only field of raw JSON.
    fn raw<T: Serialize + ?Sized>(&mut self, text: &T) -> Result<()> {
        self.writer.is_raw = true;
        let written = self.value(text);
        self.writer.is_raw = false;
        written
    }

    #[expect(clippy::unnecessary_wraps, reason = "its callers return that")]
    #[inline]
    pub(super) fn end(self) -> Result<()> {
        match (self.before, self.close) {
            (_, RAW) => {}
            (b',', close) => self.writer.json.put_byte(close),
            (open, close) => self.writer.json.put(&[open, close]),
        }
        Ok(())
    }
}

/// Lists of every kind.
macro_rules! items {
    ($( $kind:ident::$method:ident )+) => {
        $(
            impl $kind for Parts<'_> {
                type Ok = ();
                type Error = Error;

                fn $method<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<()> {
                    self.separate();
                    self.value(item)
                }

                fn end(self) -> Result<()> {
                    self.end()
                }
            }
        )+
    };
}

items! { SerializeSeq::serialize_element SerializeTuple::serialize_element SerializeTupleStruct::serialize_field }

impl SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        self.separate();
        self.writer.name(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.writer.json.put_byte(b':');
        self.value(value)
    }

    fn end(self) -> Result<()> {
        self.end()
    }
}

impl SerializeStruct for Parts<'_> {
    type Ok = ();
    type Error = Error;

    #[inline]
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<()> {
        if self.close == RAW {
            return self.raw(value);
        }
        self.writer.json.put_name(self.before, key);
        self.before = b',';
        self.value(value)
    }

    fn end(self) -> Result<()> {
        self.end()
    }
}

/// The content of an enumeration's variant, in the object that names it.
pub(super) struct VariantParts<'a>(pub(super) Parts<'a>);

impl VariantParts<'_> {
    fn end(self) -> Result<()> {
        let Parts { writer, before, close } = self.0;
        Parts { writer: &mut *writer, before, close }.end()?;
        writer.put(b"}")
    }
}

impl SerializeTupleVariant for VariantParts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<()> {
        SerializeSeq::serialize_element(&mut self.0, item)
    }

    fn end(self) -> Result<()> {
        self.end()
    }
}

impl SerializeStructVariant for VariantParts<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<()> {
        SerializeStruct::serialize_field(&mut self.0, key, value)
    }

    fn end(self) -> Result<()> {
        self.end()
    }
}
