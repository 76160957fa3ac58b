//! The declaration of a model.

/// Declares a struct that travels as a JSON object.
///
/// ```text
/// model! {
///     /// What it is. Schema `Name`.
///     pub struct Name {
///         /// A member that is always there.
///         pub id: i64,
///         /// A member that may be absent.
///         pub note: Option<String>,
///     }
/// }
/// ```
///
/// Members are in camel case. An `Option` is left out when it is `None`, and read as `None` when it is
/// absent. The strategy of the property tests follows from the members.
///
/// A macro of our own: `serde_with` would leave members out as well, and adds nine seconds of processor
/// time to a build of this crate; `proptest-derive` knows no strategies for types of other crates.
macro_rules! model {
    ($(#[$attr:meta])* pub struct $name:ident { $($members:tt)* }) => {
        $crate::model::model!(@members [$(#[$attr])*] $name [] [] $($members)*);
    };

    // A member that may be absent.
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

    // A member that is always there.
    (@members $attrs:tt $name:ident [$($done:tt)*] [$($field:ident)*]
        $(#[$attr:meta])* pub $next:ident: $type:ty, $($rest:tt)*
    ) => {
        $crate::model::model!(@members $attrs $name [
            $($done)*
            $(#[$attr])*
            pub $next: $type,
        ] [$($field)* $next] $($rest)*);
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
