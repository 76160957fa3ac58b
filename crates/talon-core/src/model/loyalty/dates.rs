//! When points become active and when they expire.

use std::fmt;

use crate::Timestamp;
use crate::wire::Unrecognized;

/// Declares a date that may also be one of some words.
///
/// Expands to a `#[non_exhaustive]` enum with the words, `At(Timestamp)` and `Unrecognized`, plus
/// conversions from and to text, serde as text, and a default: the first word.
macro_rules! date_or_word {
    (
        $(#[$doc:meta])*
        pub enum $name:ident { $( $(#[$word_doc:meta])* $word:ident = $text:literal, )+ }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum $name {
            $( $(#[$word_doc])* $word, )+
            /// At this instant.
            At(Timestamp),
            /// Text that this version does not know; `to_string` gives it.
            Unrecognized(Unrecognized),
        }

        impl $name {
            /// The instant, where it is one.
            pub fn at(&self) -> Option<Timestamp> {
                match self {
                    Self::At(at) => Some(*at),
                    _ => None,
                }
            }
        }

        /// The first word.
        impl Default for $name {
            fn default() -> Self {
                [ $( Self::$word ),+ ][0].clone()
            }
        }

        impl From<Timestamp> for $name {
            fn from(at: Timestamp) -> Self {
                Self::At(at)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $( $text => Self::$word, )+
                    other => match other.parse::<Timestamp>() {
                        Ok(at) => Self::At(at),
                        Err(_) => Self::Unrecognized(Unrecognized::new(other)),
                    },
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $( Self::$word => f.write_str($text), )+
                    Self::At(at) => at.fmt(f),
                    Self::Unrecognized(text) => f.write_str(text.as_str()),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer
                    .deserialize_str(crate::wire::open_enum::TextVisitor(std::marker::PhantomData))
            }
        }

        #[cfg(feature = "proptest")]
        crate::arbitrary::from_strategy!($name: proptest::prop_oneof![
            $( proptest::strategy::Just($name::$word), )+
            proptest::strategy::Strategy::prop_map(
                crate::arbitrary::generated::<Timestamp>(),
                $name::At
            ),
        ]);
    };
}

date_or_word! {
    /// When points become active.
    ///
    /// Not in the API of June 2020.
    pub enum PointsStartDate {
        /// When they were added.
        Immediate = "immediate",
        /// When they are activated.
        OnAction = "on_action",
    }
}

date_or_word! {
    /// When points expire.
    ///
    /// Not in the API of June 2020.
    pub enum PointsExpiryDate {
        /// Never.
        Unlimited = "unlimited",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_instants_are_told_apart_and_all_text_survives() {
        let texts = ["immediate", "on_action", "2026-05-01T10:00:00Z", "soon"];

        for text in texts {
            assert_eq!(PointsStartDate::from(text).to_string(), text);
        }

        assert_eq!(PointsStartDate::from(texts[2]).at(), texts[2].parse().ok());
        assert_eq!(PointsExpiryDate::from("unlimited"), PointsExpiryDate::Unlimited);
    }
}
