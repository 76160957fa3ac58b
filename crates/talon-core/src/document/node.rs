//! Values of a document, and their deserialization.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::iter;

use serde::de::value::MapDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error as _, Unexpected, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};
use serde_json::value::RawValue;
use talon_json::protocol::RAW_VALUE;

use super::error::Location;
use super::{Document, DocumentError, Position, UnknownMember, did_you_mean};

mod access;
mod content;
mod raw;
mod variant;

use access::{Items, Members};
use raw::{RawMembers, unescape};
use variant::Variant;

type Result<T> = std::result::Result<T, DocumentError>;

/// Maximum depth of nesting, which is the limit of serde_json.
const MAX_LEVELS: usize = 128;

/// A value of a document.
#[derive(Clone)]
pub(super) struct Node<'a, 'de> {
    document: &'a Document<'de>,
    text: &'de str,
    pointer: String,
    level: usize,
}

/// A member of an object: location of its name, name, and value.
struct Member<'a, 'de> {
    location: Location,
    name: Cow<'de, str>,
    value: Node<'a, 'de>,
}

impl<'a, 'de> Node<'a, 'de> {
    pub(super) fn root(document: &'a Document<'de>) -> Self {
        Self { document, text: document.root.get(), pointer: String::new(), level: 0 }
    }

    pub(super) fn position(&self) -> Position {
        self.position_of(self.text)
    }

    /// Position of a part of the text.
    fn position_of(&self, part: &str) -> Position {
        let start = self.document.text.as_ptr().addr();
        Position::from_offset(self.document.text, part.as_ptr().addr().saturating_sub(start))
    }

    fn location(&self) -> Location {
        Location { pointer: self.pointer.clone(), position: self.position() }
    }

    /// Adds the location to an error. It is compiled once, and not for each type that is read.
    fn locate(&self, error: DocumentError) -> DocumentError {
        if error.has_location() { error } else { error.at(self.location()) }
    }

    /// The value at `path`, or the last existing value on the way.
    pub(super) fn descendant(self, path: &str) -> Self {
        let rest = path.strip_prefix('.').unwrap_or(path);
        if rest.is_empty() {
            return self;
        }
        if let Some((index, rest)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            let items = self.items().unwrap_or_default();
            let item = index.parse().ok().and_then(|index: usize| items.into_iter().nth(index));
            return item.map_or(self, |item| item.descendant(rest));
        }
        // A name may contain dots: the longest match is used.
        let is_next = |member: &Member<'_, '_>| {
            rest.strip_prefix(&*member.name)
                .is_some_and(|r| r.is_empty() || r.starts_with(['.', '[']))
        };
        let members = self.members().unwrap_or_default();
        let next = members.into_iter().filter(is_next).max_by_key(|member| member.name.len());
        next.map_or(self, |next| next.value.descendant(&rest[next.name.len()..]))
    }

    fn child(&self, raw: &'de RawValue, segment: &str) -> Self {
        let segment = segment.replace('~', "~0").replace('/', "~1");
        Self {
            document: self.document,
            text: raw.get(),
            pointer: format!("{}/{segment}", self.pointer),
            level: self.level + 1,
        }
    }

    /// Deserializes the value, and adds its location to errors.
    fn deserialize_into<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value> {
        let node = self.clone();
        seed.deserialize(self).map_err(|error| node.locate(error))
    }

    fn is_null(&self) -> bool {
        self.text == "null"
    }

    fn is_object(&self) -> bool {
        self.text.starts_with('{')
    }

    fn items(&self) -> Result<Vec<Self>> {
        let items: Vec<&'de RawValue> = self.read()?;
        let children = items.into_iter().enumerate();
        Ok(children.map(|(index, raw)| self.child(raw, &index.to_string())).collect())
    }

    fn members(&self) -> Result<Vec<Member<'a, 'de>>> {
        let RawMembers(members) = self.read()?;
        let members = members.into_iter().map(|(key, value)| {
            let name = unescape(key.get()).map_err(|error| self.locate(error))?;
            let value = self.child(value, &name);
            let pointer = value.pointer.clone();
            let location = Location { pointer, position: self.position_of(key.get()) };
            Ok(Member { location, name, value })
        });
        members.collect()
    }

    /// The members, without duplicates.
    fn distinct_members(&self) -> Result<Vec<Member<'a, 'de>>> {
        let members = self.members()?;
        let mut seen = BTreeSet::new();
        match members.iter().find(|member| !seen.insert(&member.name)) {
            None => Ok(members),
            Some(twice) => {
                let error = DocumentError::new("stands twice in its object");
                Err(error.at(twice.location.clone()))
            }
        }
    }

    fn read<T: Deserialize<'de>>(&self) -> Result<T> {
        if self.level >= MAX_LEVELS {
            let error = DocumentError::new(format!("nests deeper than {MAX_LEVELS} levels"));
            return Err(self.locate(error));
        }
        serde_json::from_str(self.text).map_err(|error| self.locate(DocumentError::custom(error)))
    }

    /// The members of an object, whose known members are `fields` if given.
    fn object(&self, fields: Option<&'static [&'static str]>) -> Result<Members<'a, 'de>> {
        let mut members = self.distinct_members()?;
        if let Some(fields) = fields {
            self.take_annotations(fields, &mut members)?;
            let mut unknown =
                members.iter().filter(|member| !fields.contains(&&*member.name)).peekable();
            if let Some(first) = unknown.peek().filter(|_| self.document.is_strict) {
                let error = DocumentError::unknown_field(&first.name, fields);
                return Err(error.at(first.location.clone()));
            }
            let unknown = unknown.map(|member| UnknownMember {
                path: super::error::to_path(&member.location.pointer),
                pointer: member.location.pointer.clone(),
                position: member.location.position,
                suggestion: did_you_mean(&member.name, fields.iter().copied()),
            });
            self.document.unknown.borrow_mut().extend(unknown);
        }
        Ok(Members { rest: members.into_iter(), value: None })
    }

    fn take_annotations(&self, fields: &[&str], members: &mut Vec<Member<'a, 'de>>) -> Result<()> {
        let is_annotation = |member: &Member<'_, '_>| {
            let name = &*member.name;
            self.level == 0 && self.document.annotations.contains(&name) && !fields.contains(&name)
        };
        for member in members.iter().filter(|member| is_annotation(member)) {
            String::deserialize(member.value.clone())?;
        }
        members.retain(|member| !is_annotation(member));
        Ok(())
    }

    /// Visits the value; the known members of an object are `fields` if given.
    fn visit<V: Visitor<'de>>(
        self,
        fields: Option<&'static [&'static str]>,
        visitor: V,
    ) -> Result<V::Value> {
        let read = match self.content(fields) {
            Ok(content) => content.visit(visitor),
            Err(error) => Err(error),
        };
        read.map_err(|error| self.locate(error))
    }

    /// The name of a variant, and its value.
    fn variant(&self) -> Result<Variant<'a, 'de>> {
        if self.text.starts_with('"') {
            let (location, name) = (self.location(), unescape(self.text)?);
            return Ok(Variant { location, name, value: None });
        }
        let members = if self.is_object() { self.distinct_members()? } else { Vec::new() };
        let Ok([Member { location, name, value }]) = <[_; 1]>::try_from(members) else {
            let message = "must be a string or an object of one member";
            return Err(DocumentError::new(message));
        };
        Ok(Variant { location, name, value: Some(value) })
    }
}

impl<'de> Deserializer<'de> for Node<'_, 'de> {
    type Error = DocumentError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.visit(None, visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.text == "null" { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        // Derived implementations accept an array with the members in order.
        if self.text.starts_with('[') {
            return Err(self.locate(DocumentError::invalid_type(Unexpected::Seq, &visitor)));
        }
        self.visit(Some(fields), visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        if name != RAW_VALUE {
            return visitor.visit_newtype_struct(self);
        }
        let text = MapDeserializer::new(iter::once((RAW_VALUE, self.text)));
        visitor.visit_map(text).map_err(|error| self.locate(error))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        let read = match self.variant() {
            Ok(variant) => visitor.visit_enum(variant),
            Err(error) => Err(error),
        };
        read.map_err(|error| self.locate(error))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier
    }
}
