//! Writing: one writer for all types, which writes what serde_json writes.

use serde::ser::{Error as _, Serialize, SerializeSeq as _, Serializer};
use serde_json::{Error, Result};

use crate::protocol::{NUMBER, RAW_VALUE};
use crate::scan::{find_special, has_special};

mod parts;

use parts::{Parts, VariantParts};

/// Bytes that hold most requests.
const INITIAL_CAPACITY: usize = 1024;

/// Writes what serde_json writes.
///
/// # Errors
/// When the value has no JSON form, or its own error.
pub(crate) fn write<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>> {
    let json = Vec::with_capacity(INITIAL_CAPACITY);
    let mut writer = Writer { json, is_raw: false, is_name: false };
    value.serialize(&mut writer)?;
    Ok(writer.json)
}

struct Writer {
    json: Vec<u8>,
    /// Whether the next text is raw JSON.
    is_raw: bool,
    /// Whether the next value is the name of a member.
    is_name: bool,
}

impl Writer {
    #[expect(clippy::unnecessary_wraps, reason = "its callers return that")]
    #[inline]
    fn put(&mut self, text: &[u8]) -> Result<()> {
        self.json.extend_from_slice(text);
        Ok(())
    }

    #[inline]
    fn integer(&mut self, number: impl itoa::Integer) -> Result<()> {
        self.put(itoa::Buffer::new().format(number).as_bytes())
    }

    #[expect(clippy::unnecessary_wraps, reason = "its callers return that")]
    #[inline]
    fn string(&mut self, text: &str) -> Result<()> {
        self.json.push(b'"');
        if has_special(text.as_bytes()) {
            self.escaped(text.as_bytes());
        } else {
            self.json.extend_from_slice(text.as_bytes());
        }
        self.json.push(b'"');
        Ok(())
    }

    #[cold]
    fn escaped(&mut self, mut text: &[u8]) {
        loop {
            let (plain, special) = text.split_at(find_special(text));
            self.json.extend_from_slice(plain);
            let Some((special, after)) = special.split_first() else { return };
            self.escape(*special);
            text = after;
        }
    }

    fn escape(&mut self, byte: u8) {
        let short = match byte {
            0x08 => b'b',
            0x0c => b'f',
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            b'"' | b'\\' => byte,
            _ => {
                let hex = |digit: u8| b"0123456789abcdef"[usize::from(digit)];
                let long = [b'\\', b'u', b'0', b'0', hex(byte >> 4), hex(byte & 0xf)];
                return self.json.extend_from_slice(&long);
            }
        };
        self.json.extend_from_slice(&[b'\\', short]);
    }

    #[inline]
    fn begin(&mut self, open: u8, close: u8) -> Parts<'_> {
        self.json.push(open);
        Parts { writer: self, close: Some(close), is_first: true }
    }

    /// Begins an enumeration's variant with content: an object of one member.
    fn begin_variant(&mut self, variant: &str) -> Result<()> {
        self.json.push(b'{');
        self.string(variant)?;
        self.json.push(b':');
        Ok(())
    }

    /// Writes the name of a member; serde_json takes texts, numbers and flags.
    fn name<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<()> {
        let start = self.json.len();
        self.is_name = true;
        name.serialize(&mut *self)?;
        self.is_name = false;
        if self.json.get(start) == Some(&b'"') { Ok(()) } else { self.quote(start) }
    }

    /// Makes a text of what is written from `start` on.
    #[cold]
    fn quote(&mut self, start: usize) -> Result<()> {
        if !matches!(self.json.get(start), Some(b'-' | b'0'..=b'9' | b't' | b'f')) {
            return Err(Error::custom("key must be a string"));
        }
        self.json.insert(start, b'"');
        self.json.push(b'"');
        Ok(())
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

    #[inline]
    fn serialize_f64(self, number: f64) -> Result<()> {
        if number.is_finite() {
            self.put(zmij::Buffer::new().format_finite(number).as_bytes())
        } else {
            self.put(b"null")
        }
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
        self.begin_variant(variant)?;
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
        self.begin_variant(variant)?;
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
            RAW_VALUE | NUMBER => Ok(Parts { writer: self, close: None, is_first: true }),
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
        self.begin_variant(variant)?;
        Ok(VariantParts(self.begin(b'{', b'}')))
    }
}
