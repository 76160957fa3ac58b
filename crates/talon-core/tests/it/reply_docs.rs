//! The documentation of each method names its reply.

use std::any::type_name;

use talon_core::api::ReplyOf;
use talon_core::{for_each_operation, operations};

macro_rules! documented {
    ($( $(#[doc = $doc:literal])* $method:ident($request:ident); )+) => {
        [ $( (
            stringify!($method),
            concat!($($doc, "\n"),*),
            type_name::<ReplyOf<operations::$request>>(),
        ), )+ ]
    };
}

#[test]
fn each_method_links_to_the_type_of_its_reply() {
    for (method, documentation, reply) in for_each_operation!(documented) {
        // As one line.
        let documentation = documentation.split_whitespace().collect::<Vec<_>>().join(" ");
        // `core::option::Option<talon_core::model::a::Name>`
        let name = reply.trim_end_matches('>').rsplit("::").next().unwrap_or_default();
        let expected = match name {
            "()" => "`()`".to_owned(),
            name => format!("[`{name}`](talon_core::model::{name})"),
        };
        assert!(documentation.contains(&expected), "{method} replies {reply}:\n{documentation}");

        let is_optional = reply.starts_with("core::option::Option<");
        assert_eq!(documentation.contains("or `None`"), is_optional, "{method} replies {reply}");
    }
}
