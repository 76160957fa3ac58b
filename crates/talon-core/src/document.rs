//! JSON that people write: a world file, the body of a command. Every refusal says where and why.

use std::cell::RefCell;

use serde::Deserialize;
use serde_json::value::RawValue;

mod error;
mod node;
mod position;
mod wording;

pub use error::DocumentError;
use node::Node;
pub use position::Position;
pub use wording::did_you_mean;

/// Byte order mark, which some editors and shells put before a text.
const BOM: char = '\u{feff}';

/// JSON text whose values know their line and column.
///
/// serde_json finds the values. What a type does not take is told in the words of JSON, with the
/// path, the line, the column and the nearest known word. For text of people, not for traffic: each
/// level of nesting is read again, and a list never stands for an object.
///
/// ```
/// use serde::Deserialize;
/// use talon_core::document::Document;
///
/// #[derive(Debug, Deserialize)]
/// #[serde(deny_unknown_fields)]
/// struct Coupon {
///     value: String,
/// }
///
/// let document = Document::parse("{\n  \"valeu\": \"SPRING\"\n}")?;
/// let error = document.decode::<Coupon>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "valeu: unknown member, did you mean `value`? at line 2 column 3",
/// );
/// # Ok::<(), talon_core::document::DocumentError>(())
/// ```
#[derive(Debug)]
pub struct Document<'t> {
    text: &'t str,
    root: &'t RawValue,
    annotations: Vec<&'static str>,
    is_strict: bool,
    unknown: RefCell<Vec<UnknownMember>>,
}

/// A member that the type has no place for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownMember {
    /// Its path, such as `customerSession.atributes`.
    pub path: String,
    /// Where its name stands.
    pub position: Position,
    /// The known member whose name is near.
    pub suggestion: Option<&'static str>,
}

impl<'t> Document<'t> {
    /// Finds the value that `text` holds; a byte order mark before it is skipped.
    ///
    /// # Errors
    /// [`DocumentError`] when the text is no JSON.
    pub fn parse(text: &'t str) -> Result<Self, DocumentError> {
        let text = text.strip_prefix(BOM).unwrap_or(text);
        let root =
            serde_json::from_str(text).map_err(|error| DocumentError::syntax(text, &error))?;
        let (annotations, unknown) = (Vec::new(), RefCell::default());
        Ok(Self { text, root, annotations, is_strict: false, unknown })
    }

    /// Takes a member of the outermost object that is a string and says nothing to the type, such
    /// as `$schema`.
    #[must_use]
    pub fn annotation(mut self, member: &'static str) -> Self {
        self.annotations.push(member);
        self
    }

    /// Refuses members that a type has no place for, also where the type would ignore them.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.is_strict = true;
        self
    }

    /// The text without a byte order mark.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Reads it as a `T`.
    ///
    /// # Errors
    /// [`DocumentError`] at the first value that does not fit.
    pub fn decode<T: Deserialize<'t>>(&self) -> Result<T, DocumentError> {
        T::deserialize(Node::root(self))
    }

    /// [`decode`](Self::decode) as the service reads requests: a timestamp is RFC 3339 to the letter.
    pub(crate) fn decode_strictly<T: Deserialize<'t>>(&self) -> Result<T, DocumentError> {
        T::deserialize(talon_json::strict(Node::root(self)))
    }

    /// Members that [`decode`](Self::decode) met and the type ignores, in the order of the text.
    pub fn unknown_members(&self) -> Vec<UnknownMember> {
        self.unknown.borrow().clone()
    }

    /// Where the value at `path` begins, such as `campaigns[0].name`; of a value that is left out,
    /// where the object begins that lacks it.
    pub fn position(&self, path: &str) -> Position {
        Node::root(self).descendant(path).position()
    }
}

#[cfg(test)]
mod tests;
