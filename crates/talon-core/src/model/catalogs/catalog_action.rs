//! Changes of a catalog, by type.

use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use talon_json::{DecodeError, RawText};

use super::{AddPriceAdjustment, CatalogFilter};
use crate::model::{Product, model};
use crate::wire::mismatch;
use crate::{Amount, Attributes, RawJson};

/// A change of an unknown type, or with a payload that does not match the type.
///
/// A missing payload is read as `null`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnrecognizedCatalogAction {
    action_type: Box<str>,
    payload: RawJson,
}

impl UnrecognizedCatalogAction {
    /// Type of the change, unchanged; may be empty.
    pub fn action_type(&self) -> &str {
        &self.action_type
    }

    /// Payload of the change, unchanged.
    pub fn payload(&self) -> &RawJson {
        &self.payload
    }

    /// Location and reason of the mismatch between payload and type, such as `payload.price: …`;
    /// `None` for an unknown type.
    pub fn mismatch(&self) -> Option<String> {
        let error = CatalogAction::mismatch(&self.action_type, &self.payload)?;
        Some(mismatch("payload", &error))
    }
}

/// A change as it stands in JSON.
#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(rename = "type")]
    action_type: String,
    #[serde(borrow, default)]
    payload: RawText<'a>,
}

/// Declares the types of changes: `actions! { /// doc Variant(Payload) = "TYPE", … }`.
macro_rules! actions {
    ($( $(#[$doc:meta])* $variant:ident($payload:ident) = $name:literal, )+) => {
        /// A change of a catalog: its type and payload.
        ///
        /// Not in the API of June 2020. Schema `CatalogAction`.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum CatalogAction {
            $( $(#[$doc])* $variant($payload), )+
            /// Any other change, unchanged.
            Unrecognized(UnrecognizedCatalogAction),
        }

        impl CatalogAction {
            /// Types that this version knows.
            pub const TYPES: &'static [&'static str] = &[ $( $name, )+ ];

            /// Name of the type in JSON, such as `PATCH`.
            pub fn action_type(&self) -> &str {
                match self {
                    $( Self::$variant(_) => $name, )+
                    Self::Unrecognized(action) => &action.action_type,
                }
            }

            fn mismatch(action_type: &str, payload: &RawJson) -> Option<DecodeError> {
                let json = payload.get().as_bytes();
                match action_type {
                    $( $name => talon_json::from_slice::<$payload>(json).err(), )+
                    _ => None,
                }
            }

            /// Decodes the payload of a change of this type, or keeps it unchanged.
            fn read(action_type: &str, payload: RawText<'_>) -> serde_json::Result<Self> {
                let json = payload.get().as_bytes();
                let known = match action_type {
                    $( $name => talon_json::from_slice(json).ok().map(Self::$variant), )+
                    _ => None,
                };
                match known {
                    Some(action) => Ok(action),
                    None => {
                        let payload = payload.try_into()?;
                        let action_type = action_type.into();
                        Ok(Self::Unrecognized(UnrecognizedCatalogAction { action_type, payload }))
                    }
                }
            }
        }

        impl Serialize for CatalogAction {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut action = serializer.serialize_struct("CatalogAction", 2)?;
                action.serialize_field("type", self.action_type())?;
                match self {
                    $( Self::$variant(payload) => action.serialize_field("payload", payload)?, )+
                    Self::Unrecognized(unknown) => {
                        action.serialize_field("payload", &unknown.payload)?;
                    }
                }
                action.end()
            }
        }

        $(
            impl From<$payload> for CatalogAction {
                fn from(payload: $payload) -> Self {
                    Self::$variant(payload)
                }
            }
        )+

        #[cfg(feature = "proptest")]
        crate::arbitrary::from_variants!(CatalogAction { $( $variant, )+ Unrecognized });
    };
}

actions! {
    /// Adds an item.
    Add(AddCatalogItem) = "ADD",
    /// Changes an item.
    Patch(PatchCatalogItem) = "PATCH",
    /// Changes all items that filters select.
    PatchMany(PatchCatalogItems) = "PATCH_MANY",
    /// Removes an item, if it exists.
    Remove(RemoveCatalogItem) = "REMOVE",
    /// Removes all items that filters select.
    RemoveMany(RemoveCatalogItems) = "REMOVE_MANY",
    /// Adds prices to an item.
    AddPriceAdjustment(AddPriceAdjustment) = "ADD_PRICE_ADJUSTMENT",
}

impl<'de> Deserialize<'de> for CatalogAction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Envelope { action_type, payload } = Envelope::deserialize(deserializer)?;
        Self::read(&action_type, payload).map_err(serde::de::Error::custom)
    }
}

model! {
    /// An item to add to a catalog.
    ///
    /// Not in the API of June 2020. Schema `AddItemCatalogAction`.
    pub struct AddCatalogItem {
        /// Stock keeping unit of the item, at least 1 character.
        pub sku: String,
        /// Price of one unit; an item that is replaced keeps its price if absent.
        pub price: Option<Amount>,
        /// Custom attributes.
        pub attributes: Option<Attributes>,
        /// Product that the item is a variant of; none if absent.
        pub product: Option<Product>,
        /// Whether an item that exists is replaced; `false` if absent.
        pub replace_if_exists: Option<bool>,
    }
    setters
}

model! {
    /// A change of an item of a catalog.
    ///
    /// Not in the API of June 2020. Schema `PatchItemCatalogAction`.
    pub struct PatchCatalogItem {
        /// Stock keeping unit of the item, at least 1 character.
        pub sku: String,
        /// Price of one unit; unchanged if absent.
        pub price: Option<Amount>,
        /// Custom attributes to set; others are kept.
        pub attributes: Option<Attributes>,
        /// Product that the item is a variant of; none if absent.
        pub product: Option<Product>,
        /// Whether an item that does not exist is created; `false` if absent.
        pub create_if_not_exists: Option<bool>,
    }
    setters
}

model! {
    /// A change of the items of a catalog that filters select.
    ///
    /// Not in the API of June 2020. Schema `PatchManyItemsCatalogAction`.
    pub struct PatchCatalogItems {
        /// Price of one unit; unchanged if absent.
        pub price: Option<Amount>,
        /// Filters that an item must all pass; every item is changed if absent.
        pub filters: Option<Vec<CatalogFilter>>,
        /// Custom attributes to set; others are kept.
        pub attributes: Option<Attributes>,
    }
    setters
}

model! {
    /// An item to remove from a catalog.
    ///
    /// Not in the API of June 2020. Schema `RemoveItemCatalogAction`.
    pub struct RemoveCatalogItem {
        /// Stock keeping unit of the item, at least 1 character.
        pub sku: String,
    }
    setters
}

model! {
    /// Items to remove from a catalog.
    ///
    /// Not in the API of June 2020. Schema `RemoveManyItemsCatalogAction`.
    pub struct RemoveCatalogItems {
        /// Filters that an item must all pass; every item is removed if absent.
        pub filters: Option<Vec<CatalogFilter>>,
    }
    setters
}

#[cfg(feature = "proptest")]
mod arbitrary {
    //! Unrecognized changes for property tests.

    use proptest::prop_oneof;
    use proptest::sample::select;
    use proptest::strategy::Strategy;

    use super::{CatalogAction, UnrecognizedCatalogAction};
    use crate::RawJson;
    use crate::arbitrary::{from_strategy, generated, text};

    /// An unknown type, or a payload that does not fit a known one.
    fn unrecognized() -> impl Strategy<Value = UnrecognizedCatalogAction> {
        let name = prop_oneof![text(), select(CatalogAction::TYPES).prop_map(ToOwned::to_owned)];
        (name, generated::<RawJson>()).prop_filter_map("it is recognized", |(name, payload)| {
            let action = CatalogAction::read(&name, payload.as_text());
            match action.expect("it is JSON") {
                CatalogAction::Unrecognized(action) => Some(action),
                _ => None,
            }
        })
    }

    from_strategy!(UnrecognizedCatalogAction: unrecognized());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_of_an_unknown_type_survives() {
        let json = r#"{"type":"MOVE","payload":{"sku":"MUG","to":[1.50,null]}}"#;

        let action: CatalogAction = serde_json::from_str(json).unwrap();

        let CatalogAction::Unrecognized(unknown) = &action else { panic!("{action:?}") };
        assert_eq!((unknown.action_type(), unknown.mismatch()), ("MOVE", None));
        assert_eq!(serde_json::to_string(&action).unwrap(), json);
    }

    #[test]
    fn a_payload_of_another_type_survives_and_says_what_does_not_fit() {
        let json = r#"{"type":"ADD","payload":{"sku":"MUG","price":"cheap"}}"#;

        let action: CatalogAction = serde_json::from_str(json).unwrap();

        let CatalogAction::Unrecognized(unknown) = &action else { panic!("{action:?}") };
        let mismatch = unknown.mismatch().unwrap();
        assert!(mismatch.starts_with("payload.price: "), "{mismatch}");
        assert_eq!(serde_json::to_string(&action).unwrap(), json);
    }
}
