//! Catalogs of cart items, and changes of them.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use crate::model::{Product, model};
use crate::wire::open_enum;
use crate::{AccountId, Amount, ApplicationId, Attributes, CatalogId, RawJson, Timestamp};

model! {
    /// A catalog.
    ///
    /// Not in the API of June 2020. Schema `Catalog`.
    pub struct Catalog {
        /// Id that the service assigned.
        pub id: CatalogId,
        /// When it was created.
        pub created: Timestamp,
        /// Account it belongs to.
        pub account_id: AccountId,
        /// When it was last changed.
        pub modified: Timestamp,
        /// What it is called.
        pub name: String,
        /// What it is for.
        pub description: String,
        /// Applications that use it.
        pub subscribed_applications_ids: Option<Vec<ApplicationId>>,
        /// How often it was changed; begins with 1.
        pub version: i64,
        /// User who created it.
        pub created_by: i64,
    }
}

model! {
    /// Changes of a catalog.
    ///
    /// Not in the API of June 2020. Schema `CatalogSyncRequest`.
    pub struct CatalogSync {
        /// The changes, 1 to 1000 of one kind.
        pub actions: Vec<CatalogAction>,
        /// Version of the catalog they were made for, at least 1.
        pub version: Option<i64>,
    }
}

impl CatalogSync {
    /// These changes, in their order.
    pub fn new(actions: impl IntoIterator<Item = CatalogAction>) -> Self {
        Self { actions: actions.into_iter().collect(), version: None }
    }
}

/// A change of a catalog.
///
/// Not in the API of June 2020. Schema `CatalogAction`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CatalogAction {
    /// Adds an item.
    Add(AddCatalogItem),
    /// Changes an item.
    Patch(PatchCatalogItem),
    /// Changes all items that fit.
    PatchMany(PatchCatalogItems),
    /// Removes an item, if there is one.
    Remove(RemoveCatalogItem),
    /// Removes all items that fit.
    RemoveMany(RemoveCatalogItems),
    /// Adds prices to an item.
    AddPriceAdjustment(AddPriceAdjustment),
    /// A change that this version does not know, or whose payload does not fit.
    Unrecognized(UnrecognizedCatalogAction),
}

model! {
    /// A change of a catalog as it travels.
    ///
    /// Not in the API of June 2020.
    pub struct UnrecognizedCatalogAction {
        /// Kind of the change.
        #[serde(rename = "type")]
        pub action_type: String,
        /// What belongs to the kind.
        pub payload: Option<RawJson>,
    }
}

/// Declares the kinds of changes: `kinds!(Variant = "TYPE", …)`.
macro_rules! kinds {
    ($( $variant:ident = $text:literal, )+) => {
        impl CatalogAction {
            /// Kind of the change as it stands on the wire.
            pub fn action_type(&self) -> &str {
                match self {
                    $( Self::$variant(_) => $text, )+
                    Self::Unrecognized(action) => &action.action_type,
                }
            }
        }

        impl Serialize for CatalogAction {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeStruct as _;

                let mut action = serializer.serialize_struct("CatalogAction", 2)?;
                action.serialize_field("type", self.action_type())?;
                match self {
                    $( Self::$variant(payload) => action.serialize_field("payload", payload)?, )+
                    Self::Unrecognized(UnrecognizedCatalogAction { payload: Some(payload), .. }) => {
                        action.serialize_field("payload", payload)?;
                    }
                    Self::Unrecognized(_) => action.skip_field("payload")?,
                }
                action.end()
            }
        }

        impl<'de> Deserialize<'de> for CatalogAction {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let action = UnrecognizedCatalogAction::deserialize(deserializer)?;
                let typed = match (&*action.action_type, &action.payload) {
                    $( ($text, Some(payload)) => payload.decode().ok().map(Self::$variant), )+
                    _ => None,
                };
                Ok(typed.unwrap_or(Self::Unrecognized(action)))
            }
        }

        #[cfg(feature = "proptest")]
        crate::arbitrary::from_variants!(CatalogAction { $( $variant ),+ });
    };
}

kinds! {
    Add = "ADD",
    Patch = "PATCH",
    PatchMany = "PATCH_MANY",
    Remove = "REMOVE",
    RemoveMany = "REMOVE_MANY",
    AddPriceAdjustment = "ADD_PRICE_ADJUSTMENT",
}

model! {
    /// An item to add to a catalog.
    ///
    /// Not in the API of June 2020. Schema `AddItemCatalogAction`.
    pub struct AddCatalogItem {
        /// Which item, at least 1 character.
        pub sku: String,
        /// Price of a unit.
        pub price: Option<Amount>,
        /// Custom attributes.
        pub attributes: Option<Attributes>,
        /// Product the item is a variant of.
        pub product: Option<Product>,
        /// Replace an item that exists; `false` when absent.
        pub replace_if_exists: Option<bool>,
    }
}

model! {
    /// A change of an item of a catalog.
    ///
    /// Not in the API of June 2020. Schema `PatchItemCatalogAction`.
    pub struct PatchCatalogItem {
        /// Which item, at least 1 character.
        pub sku: String,
        /// Price of a unit; unchanged when absent.
        pub price: Option<Amount>,
        /// Custom attributes to set.
        pub attributes: Option<Attributes>,
        /// Product the item is a variant of; none when absent.
        pub product: Option<Product>,
        /// Create an item that does not exist; `false` when absent.
        pub create_if_not_exists: Option<bool>,
    }
}

model! {
    /// A change of all items of a catalog that fit.
    ///
    /// Not in the API of June 2020. Schema `PatchManyItemsCatalogAction`.
    pub struct PatchCatalogItems {
        /// Price of a unit; unchanged when absent.
        pub price: Option<Amount>,
        /// Which items: those that pass all filters; every item when absent.
        pub filters: Option<Vec<CatalogFilter>>,
        /// Custom attributes to set.
        pub attributes: Option<Attributes>,
    }
}

model! {
    /// An item to remove from a catalog.
    ///
    /// Not in the API of June 2020. Schema `RemoveItemCatalogAction`.
    pub struct RemoveCatalogItem {
        /// Which item, at least 1 character.
        pub sku: String,
    }
}

model! {
    /// Items to remove from a catalog.
    ///
    /// Not in the API of June 2020. Schema `RemoveManyItemsCatalogAction`.
    pub struct RemoveCatalogItems {
        /// Which items: those that pass all filters; every item when absent.
        pub filters: Option<Vec<CatalogFilter>>,
    }
}

model! {
    /// A test of an attribute of catalog items.
    ///
    /// Not in the API of June 2020. Schema `CatalogActionFilter`.
    pub struct CatalogFilter {
        /// Which attribute.
        pub attr: String,
        /// How to compare.
        pub op: CatalogFilterOperator,
        /// What to compare with; for `IN` a text of values separated by commas.
        pub value: Value,
    }
}

open_enum! {
    /// Comparison of an attribute with a value.
    ///
    /// Not in the API of June 2020.
    pub enum CatalogFilterOperator {
        /// Equal.
        Equal = "EQ",
        /// Less.
        Less = "LT",
        /// Less or equal.
        LessOrEqual = "LE",
        /// Greater.
        Greater = "GT",
        /// Greater or equal.
        GreaterOrEqual = "GE",
        /// One of several.
        In = "IN",
    }
}

model! {
    /// Prices to add to an item of a catalog.
    ///
    /// Not in the API of June 2020. Schema `AddPriceAdjustmentCatalogAction`.
    pub struct AddPriceAdjustment {
        /// Which item, at least 1 character.
        pub sku: String,
        /// The prices.
        pub adjustments: Vec<NewPriceAdjustment>,
    }
}

model! {
    /// A price of a type, for some time.
    ///
    /// Not in the API of June 2020. Schema `NewPriceAdjustment`.
    pub struct NewPriceAdjustment {
        /// Type of the price.
        pub price_type: String,
        /// The price; none ends the adjustment.
        pub price: Option<Amount>,
        /// Id of the adjustment, at least 1 character.
        pub reference_id: String,
        /// When it was worked out; of several that overlap the latest counts.
        pub calculated_at: Option<Timestamp>,
        /// When it begins; at once when absent.
        pub effective_from: Option<Timestamp>,
        /// When it ends; never when absent.
        pub effective_until: Option<Timestamp>,
        /// Occasion, such as a sale.
        pub context_id: Option<String>,
    }
}
