//! JSON written by people, such as a world file or the body of a command, with precise errors.

use std::cell::RefCell;

use serde::Deserialize;
use serde_json::value::RawValue;

mod comparison;
mod error;
mod model_codec;
mod node;
mod position;
mod wording;

pub use comparison::find_lost_values;
pub use error::{DocumentError, to_path};
pub use model_codec::{MODELS, ModelCodec, model_codec};
use node::Node;
pub use position::Position;
pub use wording::did_you_mean;

/// Byte order mark, which some editors and shells write before a text.
const BOM: char = '\u{feff}';

/// JSON text whose errors have a path, a line, a column, and a suggestion for misspelt names.
///
/// Errors use the terms of JSON in place of those of Rust. An array is never accepted for an object.
/// Not for replies and requests of a service: each level of nesting is parsed again.
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

/// A member that the type does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownMember {
    /// Its path, such as `customerSession.atributes`.
    pub path: String,
    /// Its JSON pointer, such as `/customerSession/atributes`.
    pub pointer: String,
    /// Position of its name.
    pub position: Position,
    /// Member with a similar name.
    pub suggestion: Option<&'static str>,
}

impl<'t> Document<'t> {
    /// Parses `text`, and skips a byte order mark before it.
    ///
    /// # Errors
    /// [`DocumentError`] when the text is not JSON.
    pub fn parse(text: &'t str) -> Result<Self, DocumentError> {
        let text = text.strip_prefix(BOM).unwrap_or(text);
        let root =
            serde_json::from_str(text).map_err(|error| DocumentError::syntax(text, &error))?;
        let (annotations, unknown) = (Vec::new(), RefCell::default());
        Ok(Self { text, root, annotations, is_strict: false, unknown })
    }

    /// Allows a string member of the outermost object that the type does not have, such as
    /// `$schema`.
    #[must_use]
    pub fn annotation(mut self, member: &'static str) -> Self {
        self.annotations.push(member);
        self
    }

    /// Refuses members that a type does not have, also if the type ignores unknown members.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.is_strict = true;
        self
    }

    /// The text without a byte order mark.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Decodes the document.
    ///
    /// # Errors
    /// [`DocumentError`] at the first value that `T` does not accept.
    pub fn decode<T: Deserialize<'t>>(&self) -> Result<T, DocumentError> {
        T::deserialize(Node::root(self))
    }

    /// [`decode`](Self::decode) with the strictness of requests: timestamps must be exact RFC 3339.
    pub(crate) fn decode_strictly<T: Deserialize<'t>>(&self) -> Result<T, DocumentError> {
        T::deserialize(talon_json::strict(Node::root(self)))
    }

    /// Members that [`decode`](Self::decode) found and the type ignored, in the order of the text.
    pub fn unknown_members(&self) -> Vec<UnknownMember> {
        self.unknown.borrow().clone()
    }

    /// Position of the value at `path`, such as `campaigns[0].name`; for an absent value, position
    /// of the object that lacks it.
    pub fn position(&self, path: &str) -> Position {
        Node::root(self).descendant(path).position()
    }
}

#[cfg(test)]
mod tests;
