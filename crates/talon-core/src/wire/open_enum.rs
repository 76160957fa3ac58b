//! Enumerations that the service may extend.

use std::fmt;

/// Text of a value that this version does not name.
///
/// The text is private, so that no match on it stops matching when a later version names the value:
/// compare with `as_str()` instead.
///
/// ```
/// use talon_core::model::SessionState;
///
/// fn is_settled(state: &SessionState) -> bool {
///     match state {
///         SessionState::Closed | SessionState::Cancelled => true,
///         // Right also once a version of this crate names the value.
///         other => other.as_str() == "archived",
///     }
/// }
///
/// let states = ["open", "closed", "archived"].map(SessionState::from);
/// assert_eq!(states.each_ref().map(is_settled), [false, true, true]);
/// assert!(matches!(states[2], SessionState::Unrecognized(_)));
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unrecognized(Box<str>);

impl Unrecognized {
    pub(crate) fn new(text: &str) -> Self {
        Self(text.into())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Unrecognized {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Declares an enumeration of strings that keeps unknown values.
///
/// ```text
/// open_enum! {
///     /// Doc.
///     pub enum SessionState { /// Doc.
///         Open = "open" }
/// }
/// ```
/// expands to a `#[non_exhaustive]` enum with the variants and `Unrecognized(Unrecognized)`, plus
/// `as_str`, `From<&str>`, `Display`, comparison with `str`, serde as a string, and a default: the first
/// value, which is the API's own default where it has one.
macro_rules! open_enum {
    (
        $(#[$doc:meta])*
        pub enum $name:ident { $( $(#[$variant_doc:meta])* $variant:ident = $text:literal, )+ }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $( $(#[$variant_doc])* $variant, )+
            /// A value that this version does not name; compare with `as_str()`.
            Unrecognized($crate::wire::open_enum::Unrecognized),
        }

        impl $name {
            /// Every value that this version names, in the order of the documentation.
            pub const KNOWN: &'static [Self] = &[ $( Self::$variant, )+ ];

            /// The value as it stands on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $( Self::$variant => $text, )+
                    Self::Unrecognized(text) => text.as_str(),
                }
            }

            /// Whether this version names the value.
            pub fn is_known(&self) -> bool {
                !matches!(self, Self::Unrecognized(_))
            }
        }

        /// The first value of the documentation.
        impl Default for $name {
            fn default() -> Self {
                Self::KNOWN[0].clone()
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $( $text => Self::$variant, )+
                    other => Self::Unrecognized($crate::wire::open_enum::Unrecognized::new(other)),
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        /// Any string; the known values are its examples.
        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "examples": [ $( $text ),+ ] })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str($crate::wire::open_enum::TextVisitor(std::marker::PhantomData))
            }
        }

        impl $crate::param::QueryValue for $name {
            const FORMAT: $crate::param::ParamFormat =
                $crate::param::ParamFormat::Enum(&[ $( $text ),+ ]);

            fn to_text(&self) -> String {
                self.as_str().to_owned()
            }

            /// Any text; the service refuses unknown values.
            fn from_text(text: &str) -> Result<Self, String> {
                Ok(text.into())
            }
        }

        #[cfg(feature = "proptest")]
        $crate::arbitrary::from_strategy!($name: $crate::arbitrary::one_of($name::KNOWN));
    };
}
pub(crate) use open_enum;

/// Reads a string into any type made from `&str`, without a copy of known values.
pub(crate) struct TextVisitor<T>(pub(crate) std::marker::PhantomData<T>);

impl<T: for<'a> From<&'a str>> serde::de::Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        Ok(T::from(text))
    }
}

#[cfg(test)]
mod tests {
    use crate::model::SessionState;

    #[test]
    fn known_values_are_variants() {
        let state: SessionState = serde_json::from_str("\"partially_returned\"").unwrap();

        assert_eq!(state, SessionState::PartiallyReturned);
        assert_eq!(serde_json::to_string(&state).unwrap(), "\"partially_returned\"");
    }

    #[test]
    fn unknown_values_survive() {
        let state: SessionState = serde_json::from_str("\"ultra \\u0000violet\"").unwrap();

        assert!(!state.is_known());
        assert_eq!(state, "ultra \0violet");
        assert_eq!(serde_json::to_string(&state).unwrap(), "\"ultra \\u0000violet\"");
    }
}
