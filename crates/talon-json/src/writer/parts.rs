//! Lists and objects, item by item.

use serde::ser::{
    Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};
use serde_json::{Error, Result};

use super::Writer;

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
    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        value.serialize(&mut *self.writer)
    }

    #[expect(clippy::unnecessary_wraps, reason = "its callers return that")]
    #[inline]
    pub(super) fn end(self) -> Result<()> {
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
        self.writer.json.push(b':');
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

    fn end(self) -> Result<()> {
        self.end()
    }
}

/// The content of an enumeration's variant, in the object that names it.
pub(super) struct VariantParts<'a>(pub(super) Parts<'a>);

impl VariantParts<'_> {
    fn end(self) -> Result<()> {
        self.0.writer.json.extend(self.0.close);
        self.0.writer.put(b"}")
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
