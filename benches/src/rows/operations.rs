//! Decoding and encoding the reply of each operation, from its fixture, and the world file of the
//! fake.

use std::rc::Rc;

use bytes::Bytes;
use serde_json::Value;
use talon_core::Operation;
use talon_fake::World;
use talon_samples::{fixture, for_each_sample};

use super::codec::{Body, decode_as, decode_reply, encode_as, encode_reply, read, write};
use crate::row::Row;

pub(super) fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for_each_sample!(|O| rows.extend(family::<O>()));
    rows.extend(world());
    rows
}

fn family<O: Operation>() -> Vec<Row> {
    if fixture::reply(O::INFO).body().is_empty() {
        return Vec::new();
    }
    let (name, body): (_, Body) = (O::INFO.id, Rc::new(body::<O>));
    vec![
        decode_reply::<O>(&format!("decode/{name}/talon"), &body),
        decode_as::<Value>(&format!("decode/{name}/Value"), &body),
        encode_reply::<O>(&format!("encode/{name}/talon"), &body),
    ]
}

fn world() -> Vec<Row> {
    let json = || serde_json::to_vec(&World::demo()).expect("it has no closures");
    let body: Body = Rc::new(move || json().into());
    vec![
        decode_as::<World>("decode/world/talon", &body),
        decode_as::<Value>("decode/world/Value", &body),
        encode_as::<World>("encode/world/talon", &body),
    ]
}

/// The body of a fixture as our codec writes it, without white space.
fn body<O: Operation>() -> Bytes {
    write::<O>(&read::<O>(fixture::reply(O::INFO).body()))
}
