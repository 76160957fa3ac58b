//! Decoding and encoding the reply to a session update, with our codec and others.
//!
//! `Value` is untyped serde_json. `IgnoredAny` only checks the syntax, the minimum for serde_json;
//! `memcpy` copies the bytes, the minimum for any decoder. `generated` are types in the style of
//! openapi-generator, decoded with serde_json; [peers](super::peers) decode and encode the same types.
//! `talon by serde_json` are our types, decoded with `serde_json::from_slice`.

use std::hint::black_box;
use std::rc::Rc;

use bytes::Bytes;
use http::Response;
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use talon_core::Operation;
use talon_core::model::IntegrationStateV2;
use talon_core::operations::UpdateCustomerSessionV2;

use super::peers;
use crate::generated;
use crate::payload::{Size, session_reply};
use crate::row::Row;

/// Makes the payload when a row is prepared.
pub(super) type Body = Rc<dyn Fn() -> Bytes>;

pub(super) fn rows() -> Vec<Row> {
    let body = |size| -> Body { Rc::new(move || session_reply(size).into()) };
    let decode = Size::ALL.into_iter().flat_map(|size| decode(size.name(), &body(size)));
    let encode = Size::ALL.into_iter().flat_map(|size| encode(size.name(), &body(size)));
    decode.chain(encode).collect()
}

fn decode(size: &str, body: &Body) -> [Row; 8] {
    [
        decode_reply::<UpdateCustomerSessionV2>(&format!("decode/{size}/talon"), body),
        decode_as::<IntegrationStateV2>(&format!("decode/{size}/talon by serde_json"), body),
        decode_as::<generated::IntegrationStateV2>(&format!("decode/{size}/generated"), body),
        read_by(&format!("decode/{size}/sonic-rs"), body, |body| {
            drop(black_box(peers::read_with_sonic(body)));
        }),
        read_by(&format!("decode/{size}/simd-json"), body, |body| {
            drop(black_box(peers::read_with_simd(body)));
        }),
        decode_as::<Value>(&format!("decode/{size}/Value"), body),
        decode_as::<IgnoredAny>(&format!("decode/{size}/IgnoredAny"), body),
        read_by(&format!("decode/{size}/memcpy"), body, |body| drop(black_box(body.to_vec()))),
    ]
}

fn encode(size: &str, body: &Body) -> [Row; 5] {
    let read = |body: &Bytes| from_json::<generated::IntegrationStateV2>(body);
    [
        encode_reply::<UpdateCustomerSessionV2>(&format!("encode/{size}/talon"), body),
        encode_as::<generated::IntegrationStateV2>(&format!("encode/{size}/generated"), body),
        write_by(&format!("encode/{size}/sonic-rs"), body, read, |reply| {
            peers::write_with_sonic(reply).len()
        }),
        write_by(&format!("encode/{size}/simd-json"), body, read, |reply| {
            peers::write_with_simd(reply).len()
        }),
        encode_as::<Value>(&format!("encode/{size}/Value"), body),
    ]
}

/// Reads a reply as a client does.
pub(super) fn decode_reply<O: Operation>(name: &str, body: &Body) -> Row {
    let row = read_by(name, body, |body| drop(black_box(read::<O>(body))));
    with_result(row, body, read::<O>)
}

/// Reads `body` as a `T` with serde_json.
pub(super) fn decode_as<T: DeserializeOwned + 'static>(name: &str, body: &Body) -> Row {
    let row = read_by(name, body, |body| drop(black_box(from_json::<T>(body))));
    with_result(row, body, from_json::<T>)
}

/// Writes what a client read, as a server does.
pub(super) fn encode_reply<O: Operation>(name: &str, body: &Body) -> Row {
    write_by(name, body, |body| read::<O>(body), |reply| write::<O>(reply).len())
}

/// Writes the `T` that was read from `body` with serde_json.
pub(super) fn encode_as<T>(name: &str, body: &Body) -> Row
where
    T: DeserializeOwned + Serialize + 'static,
{
    let write = |value: &T| serde_json::to_vec(value).expect("it was read").len();
    write_by(name, body, |body| from_json::<T>(body), write)
}

fn read_by(name: &str, body: &Body, read: impl Fn(&Bytes) + Copy + 'static) -> Row {
    let (whole, body) = (body.clone(), body.clone());
    let row = Row::iter(name, move || {
        let body = body();
        move || read(black_box(&body))
    });
    row.with_bytes(move || whole().len())
}

fn with_result<T: 'static>(row: Row, body: &Body, read: fn(&Bytes) -> T) -> Row {
    let body = body.clone();
    row.with_result(move || {
        let body = body();
        Box::new(move || read(&body))
    })
}

/// `write` returns how many bytes it wrote.
fn write_by<T: 'static>(
    name: &str,
    body: &Body,
    read: impl Fn(&Bytes) -> T + Copy + 'static,
    write: impl Fn(&T) -> usize + Copy + 'static,
) -> Row {
    let (whole, body) = (body.clone(), body.clone());
    let row = Row::iter(name, move || {
        let value = read(&body());
        move || {
            black_box(write(black_box(&value)));
        }
    });
    row.with_bytes(move || write(&read(&whole())))
}

fn from_json<T: DeserializeOwned>(body: &Bytes) -> T {
    serde_json::from_slice(body).expect("valid JSON of the type")
}

/// Reads `body` as a client reads a reply.
pub(super) fn read<O: Operation>(body: &Bytes) -> O::Reply {
    let mut response = Response::new(body.clone());
    *response.status_mut() = O::INFO.success[0];
    O::reply_from_http(response).expect("valid JSON of the type")
}

/// Writes a reply as a server does.
pub(super) fn write<O: Operation>(reply: &O::Reply) -> Bytes {
    O::reply_to_http(reply).expect("it was read").into_body()
}
