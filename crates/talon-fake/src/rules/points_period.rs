//! When points become active, and how long they can be spent.

use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Period;

/// When points that are added become active: `immediate`, `on_action`, or after a duration such as
/// `7D`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pending {
    /// At once.
    #[default]
    Immediate,
    /// When a request activates them.
    OnAction,
    /// After this time.
    For(Period),
}

/// How long points can be spent once they are active: `unlimited`, or a duration such as `30D`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Validity {
    /// Without end.
    #[default]
    Unlimited,
    /// For this time.
    For(Period),
}

impl Pending {
    /// Active after this many days, at least one.
    pub fn days(days: u32) -> Self {
        Self::For(Period::days(days))
    }
}

impl Validity {
    /// Valid for this many days, at least one.
    pub fn days(days: u32) -> Self {
        Self::For(Period::days(days))
    }
}

impl fmt::Display for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Immediate => f.write_str("immediate"),
            Self::OnAction => f.write_str("on_action"),
            Self::For(duration) => duration.fmt(f),
        }
    }
}

impl fmt::Display for Validity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unlimited => f.write_str("unlimited"),
            Self::For(duration) => duration.fmt(f),
        }
    }
}

/// Text in JSON: a word, or a duration.
macro_rules! word_or_duration {
    ($name:ident { $( $word:literal => $variant:ident ),+ }) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                match text.as_str() {
                    $( $word => Ok(Self::$variant), )+
                    duration => duration.parse().map(Self::For).map_err(|error| {
                        let words = [ $( $word ),+ ].join(" or ");
                        D::Error::custom(format_args!("\"{text}\" is not {words}, and {error}"))
                    }),
                }
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let duration = generator.subschema_for::<Period>();
                schemars::json_schema!({ "anyOf": [{ "enum": [ $( $word ),+ ] }, duration] })
            }
        }
    };
}

word_or_duration!(Pending { "immediate" => Immediate, "on_action" => OnAction });
word_or_duration!(Validity { "unlimited" => Unlimited });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_durations_are_read_as_they_are_written() {
        for text in [r#""immediate""#, r#""on_action""#, r#""7D""#] {
            let pending: Pending = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&pending).unwrap(), text);
        }
        assert_eq!(serde_json::from_str::<Validity>(r#""30D""#).unwrap(), Validity::days(30));
        assert!(serde_json::from_str::<Validity>(r#""immediate""#).is_err());
    }
}
