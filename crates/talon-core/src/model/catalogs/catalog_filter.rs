//! Filters of catalog items.

use serde_json::Value;

use crate::model::model;
use crate::wire::open_enum;

model! {
    /// A test of an attribute of catalog items.
    ///
    /// Not in the API of June 2020. Schema `CatalogActionFilter`.
    pub struct CatalogFilter {
        /// Name of the attribute.
        pub attr: String,
        /// How the attribute is compared.
        pub op: CatalogFilterOperator,
        /// What it is compared with: for `IN` a text of values separated by commas, for `LT`, `LE`,
        /// `GT` and `GE` a number, which may be written as a text.
        #[serde(deserialize_with = "crate::json::deserialize_value")]
        pub value: Value,
    }
    setters
}

impl CatalogFilter {
    /// A comparison of `attr` with `value`.
    pub fn new(
        attr: impl Into<String>,
        op: CatalogFilterOperator,
        value: impl Into<Value>,
    ) -> Self {
        Self { attr: attr.into(), op, value: value.into() }
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
        /// Equal to one of several values.
        In = "IN",
    }
}
