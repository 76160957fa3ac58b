//! Declaration of a model.

/// Declares a struct that is a JSON object of a request or a reply.
///
/// ```text
/// model! {
///     /// A thing. Schema `Name`.
///     pub struct Name {
///         /// A required member.
///         pub id: i64,
///         /// An optional member.
///         pub note: Option<String>,
///     }
/// }
/// ```
///
/// With `setters` after the braces, which models of requests have, each member has a setter that
/// consumes and returns the model. It is named after the member, or as `pub id as name: …` says.
///
/// With `by_text "Name"` after the braces, which large replies have, serde_json decodes the model by its
/// text, see `talon_json::ByText`.
///
/// Names are in camel case. An `Option` that is `None` is not written; an absent member is read as
/// `None`. The strategy for property tests is derived from the members.
///
/// Alternatives considered: `serde_with::skip_serializing_none` has the same effect and adds nine
/// seconds of processor time to a build of this crate; `proptest-derive` has no strategies for types
/// of other crates.
macro_rules! model {
    ($(#[$attr:meta])* pub struct $name:ident { $($members:tt)* }) => {
        $crate::model::model!(@members [$(#[$attr])*] $name [] [] $($members)*);
    };

    ($(#[$attr:meta])* pub struct $name:ident { $($members:tt)* } setters) => {
        $crate::model::model!(@members [$(#[$attr])*] $name [] [] $($members)*);
        impl $name {
            $crate::model::setters!($($members)*);
        }
    };

    ($(#[$attr:meta])* pub struct $name:ident { $($members:tt)* } by_text $text:literal) => {
        $crate::model::model!(@members [by_text $text $(#[$attr])*] $name [] [] $($members)*);
    };

    // A member whose setter has a name of its own.
    (@members $attrs:tt $name:ident $done:tt $fields:tt
        $(#[$attr:meta])* pub $next:ident as $setter:ident: $($rest:tt)*
    ) => {
        $crate::model::model!(@members $attrs $name $done $fields
            $(#[$attr])* pub $next: $($rest)*);
    };

    // An optional member.
    (@members $attrs:tt $name:ident [$($done:tt)*] [$($field:ident)*]
        $(#[$attr:meta])* pub $next:ident: Option<$type:ty>, $($rest:tt)*
    ) => {
        $crate::model::model!(@members $attrs $name [
            $($done)*
            $(#[$attr])*
            #[serde(default, skip_serializing_if = "Option::is_none")]
            pub $next: Option<$type>,
        ] [$($field)* $next] $($rest)*);
    };

    // A required member.
    (@members $attrs:tt $name:ident [$($done:tt)*] [$($field:ident)*]
        $(#[$attr:meta])* pub $next:ident: $type:ty, $($rest:tt)*
    ) => {
        $crate::model::model!(@members $attrs $name [
            $($done)*
            $(#[$attr])*
            pub $next: $type,
        ] [$($field)* $next] $($rest)*);
    };

    (@members [by_text $text:literal $($attrs:tt)*] $name:ident [$($done:tt)*] [$($field:ident)*]) => {
        $($attrs)*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            $($done)*
        }

        const _: () = {
            #[derive(serde::Deserialize)]
            #[serde(remote = $text, rename_all = "camelCase")]
            #[allow(dead_code, reason = "only for the function that is derived")]
            struct Members {
                $($done)*
            }

            impl talon_json::ByText for $name {
                fn deserialize_directly<'de, D: serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> Result<Self, D::Error> {
                    Members::deserialize(deserializer)
                }
            }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> Result<Self, D::Error> {
                    talon_json::deserialize_by_text(deserializer)
                }
            }
        };

        #[cfg(feature = "proptest")]
        $crate::arbitrary::from_fields!($name { $($field),* });
    };

    (@members [$($attrs:tt)*] $name:ident [$($done:tt)*] [$($field:ident)*]) => {
        $($attrs)*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct $name {
            $($done)*
        }

        #[cfg(feature = "proptest")]
        $crate::arbitrary::from_fields!($name { $($field),* });
    };
}
pub(crate) use model;

/// Lets requests take a list in place of the body that consists of it: `body_of_list!(Body, Element)`.
macro_rules! body_of_list {
    ($body:ident, $element:ty) => {
        impl<E: Into<$element>, const N: usize> From<[E; N]> for $body {
            fn from(elements: [E; N]) -> Self {
                Self::new(elements.map(Into::into))
            }
        }

        impl<E: Into<$element>> From<Vec<E>> for $body {
            fn from(elements: Vec<E>) -> Self {
                Self::new(elements.into_iter().map(Into::into))
            }
        }
    };
}
pub(crate) use body_of_list;
