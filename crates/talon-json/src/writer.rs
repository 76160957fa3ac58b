//! Writing: one writer for all types, which writes what serde_json writes.

use serde::ser::{Error as _, Serialize, SerializeSeq as _, Serializer};
use serde_json::{Error, Result};

use crate::protocol::{NUMBER, RAW_VALUE};

mod buffer;
mod double;
mod parts;

use buffer::Buffer;
use double::in_thousandths;
use parts::{Parts, VariantParts};

/// Writes what serde_json writes.
///
/// # Errors
/// When the value has no JSON form, or its own error.
pub(crate) fn write<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>> {
    let mut writer = Writer { json: Buffer::new(), is_raw: false, is_name: false };
    value.serialize(&mut writer)?;
    Ok(writer.json.into_vec())
}

struct Writer {
    json: Buffer,
    /// Whether the next text is raw JSON.
    is_raw: bool,
    /// Whether the next value is the name of a member.
    is_name: bool,
}

impl Writer {
    #[expect(clippy::unnecessary_wraps, reason = "its callers return that")]
    #[inline]
    fn put(&mut self, text: &[u8]) -> Result<()> {
        self.json.put(text);
        Ok(())
    }

    #[inline]
    fn integer(&mut self, number: impl itoa::Integer) -> Result<()> {
        self.put(itoa::Buffer::new().format(number).as_bytes())
    }

    fn double(&mut self, number: f64) -> Result<()> {
        if let Some((whole, places)) = in_thousandths(number) {
            if number < 0.0 {
                self.json.put_byte(b'-');
            }
            self.integer(whole)?;
            self.put(&places.digits[..places.len])
        } else if number.is_finite() {
            self.put(zmij::Buffer::new().format_finite(number).as_bytes())
        } else {
            self.put(b"null")
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "its callers return that")]
    #[inline]
    fn string(&mut self, text: &str) -> Result<()> {
        self.json.put_string(text);
        Ok(())
    }

    /// Begins a list or an object, whose bracket is written with the first of its parts.
    #[inline]
    fn begin(&mut self, open: u8, close: u8) -> Parts<'_> {
        Parts { writer: self, before: open, close }
    }

    /// Begins an enumeration's variant with content: an object of one member.
    fn begin_variant(&mut self, variant: &str) {
        self.json.put_name(b'{', variant);
    }

    /// Writes the name of a member; serde_json takes texts, numbers and flags.
    fn name<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<()> {
        let start = self.json.len();
        self.is_name = true;
        name.serialize(&mut *self)?;
        self.is_name = false;
        match self.json.byte(start) {
            Some(b'"') => Ok(()),
            Some(b'-' | b'0'..=b'9' | b't' | b'f') => {
                self.json.quote(start);
                Ok(())
            }
            _ => Err(Error::custom("key must be a string")),
        }
    }
}

/// Integers of any width.
macro_rules! integers {
    ($( $method:ident($type:ty) )+) => {
        $(
            #[inline]
            fn $method(self, number: $type) -> Result<()> {
                self.integer(number)
            }
        )+
    };
}

impl<'a> Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Parts<'a>;
    type SerializeTuple = Parts<'a>;
    type SerializeTupleStruct = Parts<'a>;
    type SerializeMap = Parts<'a>;
    type SerializeStruct = Parts<'a>;
    type SerializeTupleVariant = VariantParts<'a>;
    type SerializeStructVariant = VariantParts<'a>;

    integers! {
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64) serialize_i128(i128)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_u128(u128)
    }

    #[inline]
    fn serialize_bool(self, value: bool) -> Result<()> {
        self.put(if value { b"true" } else { b"false" })
    }

    /// The shortest digits of an `f32` are not those of its `f64`.
    fn serialize_f32(self, number: f32) -> Result<()> {
        if number.is_finite() {
            self.put(zmij::Buffer::new().format_finite(number).as_bytes())
        } else {
            self.put(b"null")
        }
    }

    fn serialize_f64(self, number: f64) -> Result<()> {
        self.double(number)
    }

    fn serialize_char(self, value: char) -> Result<()> {
        self.string(value.encode_utf8(&mut [0; 4]))
    }

    #[inline]
    fn serialize_str(self, text: &str) -> Result<()> {
        if self.is_raw { self.put(text.as_bytes()) } else { self.string(text) }
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<()> {
        let mut items = self.begin(b'[', b']');
        bytes.iter().try_for_each(|byte| items.serialize_element(byte))?;
        items.end()
    }

    #[inline]
    fn serialize_none(self) -> Result<()> {
        self.put(b"null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    #[inline]
    fn serialize_unit(self) -> Result<()> {
        self.put(b"null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        self.put(b"null")
    }

    #[inline]
    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<()> {
        self.string(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<()> {
        self.begin_variant(variant);
        value.serialize(&mut *self)?;
        self.put(b"}")
    }

    #[inline]
    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'a>> {
        Ok(self.begin(b'[', b']'))
    }

    #[inline]
    fn serialize_tuple(self, _: usize) -> Result<Parts<'a>> {
        Ok(self.begin(b'[', b']'))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts<'a>> {
        Ok(self.begin(b'[', b']'))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<VariantParts<'a>> {
        self.begin_variant(variant);
        Ok(VariantParts(self.begin(b'[', b']')))
    }

    #[inline]
    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'a>> {
        Ok(self.begin(b'{', b'}'))
    }

    #[inline]
    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Parts<'a>> {
        match name {
            RAW_VALUE | NUMBER if self.is_name => Err(Error::custom("key must be a string")),
            RAW_VALUE | NUMBER => Ok(self.begin(parts::RAW, parts::RAW)),
            _ => Ok(self.begin(b'{', b'}')),
        }
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<VariantParts<'a>> {
        self.begin_variant(variant);
        Ok(VariantParts(self.begin(b'{', b'}')))
    }
}
