//! Setters of the models that requests consist of.

/// Declares a setter for each member; `setters` in [`model!`](super::model) calls it.
///
/// | type of the member | argument of the setter |
/// |---|---|
/// | `Vec<T>` | an iterator of what converts into `T` |
/// | `BTreeMap<String, T>` | an iterator of pairs of what converts into `String` and `T` |
/// | `Attributes` | an iterator of pairs; in addition, `attribute` sets a single one |
/// | any other type `T` | what converts into `T` |
///
/// A member that is an `Option` of these has the same setter.
macro_rules! setters {
    () => {};

    ($(#[doc = $doc:literal])* $(#[serde($($serde:tt)*)])*
        pub $member:ident as $setter:ident: $($rest:tt)*
    ) => {
        $crate::model::setters!(@typed [$(#[doc = $doc])*] $member $setter: $($rest)*);
    };

    ($(#[doc = $doc:literal])* $(#[serde($($serde:tt)*)])* pub $member:ident: $($rest:tt)*) => {
        $crate::model::setters!(@typed [$(#[doc = $doc])*] $member $member: $($rest)*);
    };

    // Nothing converts into a line of a cart, and `[]` removes all.
    (@typed $docs:tt $member:ident $setter:ident: Option<Vec<CartItem>>, $($rest:tt)*) => {
        $crate::model::setters!(@doc $member $setter $docs
            <> ($setter: impl IntoIterator<Item = CartItem>) = {
                Some($setter.into_iter().collect())
            });
        $crate::model::setters!($($rest)*);
    };
    (@typed $docs:tt $member:ident $setter:ident: Option<Vec<$type:ty>>, $($rest:tt)*) => {
        $crate::model::setters!(@list $docs $member $setter: [$type] Some);
        $crate::model::setters!($($rest)*);
    };
    (@typed $docs:tt $member:ident $setter:ident: Vec<$type:ty>, $($rest:tt)*) => {
        $crate::model::setters!(@list $docs $member $setter: [$type] std::convert::identity);
        $crate::model::setters!($($rest)*);
    };
    (@typed [$(#[$doc:meta])*] $member:ident $setter:ident:
        Option<BTreeMap<String, $type:ty>>, $($rest:tt)*
    ) => {
        $crate::model::setters!(@doc $member $setter [$(#[$doc])*]
            <N: Into<String>, V: Into<$type>> ($setter: impl IntoIterator<Item = (N, V)>) = {
                Some($setter.into_iter().map(|(name, it)| (name.into(), it.into())).collect())
            });
        $crate::model::setters!($($rest)*);
    };
    (@typed $docs:tt attributes attributes: Option<Attributes>, $($rest:tt)*) => {
        $crate::model::setters!(@attributes $docs Some, Option::unwrap_or_default);
        $crate::model::setters!($($rest)*);
    };
    (@typed $docs:tt attributes attributes: Attributes, $($rest:tt)*) => {
        $crate::model::setters!(@attributes $docs std::convert::identity, std::convert::identity);
        $crate::model::setters!($($rest)*);
    };
    (@typed $docs:tt $member:ident $setter:ident: Option<$type:ty>, $($rest:tt)*) => {
        $crate::model::setters!(@doc $member $setter $docs
            <> ($setter: impl Into<$type>) = { Some($setter.into()) });
        $crate::model::setters!($($rest)*);
    };
    (@typed $docs:tt $member:ident $setter:ident: $type:ty, $($rest:tt)*) => {
        $crate::model::setters!(@doc $member $setter $docs
            <> ($setter: impl Into<$type>) = { $setter.into() });
        $crate::model::setters!($($rest)*);
    };

    (@list $docs:tt $member:ident $setter:ident: [$type:ty] $wrap:path) => {
        $crate::model::setters!(@doc $member $setter $docs
            <> ($setter: impl IntoIterator<Item: Into<$type>>) = {
                $wrap($setter.into_iter().map(Into::into).collect())
            });
    };
    (@attributes $docs:tt $wrap:path, $unwrap:path) => {
        /// Adds or replaces one custom attribute.
        ///
        /// Those that were set before are kept.
        #[must_use]
        pub fn attribute(
            mut self,
            name: impl Into<String>,
            value: impl Into<serde_json::Value>,
        ) -> Self {
            self.attributes = $wrap($unwrap(self.attributes).with(name, value));
            self
        }
        $crate::model::setters!(@doc attributes attributes $docs
            <N: Into<String>, V: Into<serde_json::Value>>
            (attributes: impl IntoIterator<Item = (N, V)>) = {
                $wrap(attributes.into_iter().collect())
            });
    };

    (@doc $member:ident $setter:ident [$(#[$doc:meta])*]
        <$($generic:ident: $bound:path),*> ($argument:ident: $type:ty) = $value:block
    ) => {
        #[doc = concat!("Sets `", stringify!($member), "`.")]
        ///
        $(#[$doc])*
        #[must_use]
        pub fn $setter<$($generic: $bound),*>(mut self, $argument: $type) -> Self {
            self.$member = $value;
            self
        }
    };
}
pub(crate) use setters;
