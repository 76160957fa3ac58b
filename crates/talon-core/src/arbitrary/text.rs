//! Texts, ids, and values of open enumerations.

use std::fmt::Debug;

use proptest::arbitrary::any;
use proptest::char::range;
use proptest::collection::vec;
use proptest::prop_oneof;
use proptest::sample::select;
use proptest::strategy::{BoxedStrategy, Strategy};

use super::Generate;

/// Maximum number of characters of an id.
const MAX_ID_LENGTH: usize = 1000;

/// Characters that are special in paths, queries, JSON, headers or logs.
const SPECIAL_CHARACTERS: &str = "/?#%+&=;:@\\\"' .,~{}<>*|\0\n\r\t\u{1b}\u{7f}\u{85}\u{a0}éß\u{301}\u{200d}\
    \u{202e}\u{2028}\u{feff}\u{fffd}\u{ffff}漢🎉\u{10ffff}";

/// Ids that change when they are decoded twice or resolved as a path.
const SPECIAL_IDS: &[&str] = &[
    " ",
    "...",
    "../..",
    "./a",
    "a/..",
    "/",
    "//",
    "%",
    "%2F",
    "%2e%2e",
    "%00",
    "%zz",
    "a+b",
    "a b",
    "?a=b",
    "#",
    "{customerSessionId}",
    "customerprofiles",
    "inventory",
    "null",
    "0",
    "-1",
    "\"",
];

/// Texts of up to 8 characters; special characters and the empty text are likely.
pub fn text() -> BoxedStrategy<String> {
    characters(0).boxed()
}

fn characters(min_length: usize) -> impl Strategy<Value = String> {
    let character = prop_oneof![
        6 => range('a', 'z'),
        2 => range('0', '9'),
        3 => select(SPECIAL_CHARACTERS.chars().collect::<Vec<_>>()),
        1 => any::<char>(),
    ];
    vec(character, min_length..=8).prop_map(String::from_iter)
}

/// Ids that can stand in a path, as text.
fn id_text() -> impl Strategy<Value = String> {
    let long = (characters(1), 1..=MAX_ID_LENGTH)
        .prop_map(|(text, length)| text.chars().cycle().take(length).collect());
    prop_oneof![
        16 => characters(1),
        3 => select(SPECIAL_IDS).prop_map(ToOwned::to_owned),
        1 => long,
    ]
    .prop_filter("no URL can carry it", |id: &String| !matches!(id.as_str(), "." | ".."))
}

pub(crate) fn id<T: From<String> + Debug>() -> impl Strategy<Value = T> {
    id_text().prop_map(T::from)
}

/// One of these values, or an unknown one.
pub(crate) fn one_of<T>(known: &'static [T]) -> impl Strategy<Value = T>
where
    T: for<'a> From<&'a str> + Clone + Debug + 'static,
{
    prop_oneof![
        4 => select(known),
        1 => characters(0).prop_map(|text| T::from(&text)),
    ]
}

impl Generate for String {
    fn strategy() -> BoxedStrategy<Self> {
        text()
    }
}
