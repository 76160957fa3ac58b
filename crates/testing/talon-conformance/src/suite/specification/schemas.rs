//! The schemas of replies in the published documents.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

pub(super) static OF_2020: LazyLock<Specification> = LazyLock::new(|| {
    let mut of_2020 =
        read("2020", include_str!("../../../../talon-samples/fixtures/schemas-2020.json"));
    let props = include_str!("../../../../talon-samples/fixtures/effect-props-2020.json");
    let props: BTreeMap<_, _> = serde_json::from_str(props).expect("a map of schemas");
    of_2020.schemas.extend(props);
    of_2020
});

pub(super) static OF_TODAY: LazyLock<Specification> = LazyLock::new(|| {
    read("today", include_str!("../../../../talon-samples/fixtures/schemas-today.json"))
});

fn read(generation: &'static str, text: &str) -> Specification {
    let read = serde_json::from_str(text).expect("operations and schemas");
    Specification { generation, ..read }
}

/// The replies of one generation of the API.
#[derive(Debug, Deserialize)]
pub(super) struct Specification {
    #[serde(skip)]
    pub(super) generation: &'static str,
    /// Type of the reply of each operation that has one.
    pub(super) operations: BTreeMap<String, Type>,
    /// Statuses of the refusals of each operation. The document of 2020 has none.
    pub(super) refusals: BTreeMap<String, Vec<u16>>,
    pub(super) schemas: BTreeMap<String, Schema>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Schema {
    pub(super) required: Vec<String>,
    pub(super) members: BTreeMap<String, Type>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Type {
    /// A type of JSON, `date-time`, `any`, or the name of a schema.
    Name(String),
    List([Box<Type>; 1]),
    Enumeration {
        #[serde(rename = "enum")]
        values: Vec<String>,
    },
    Map {
        #[serde(rename = "*")]
        values: Box<Type>,
    },
}
