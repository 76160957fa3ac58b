//! Benchmarks of a payload that the user names in the environment.

use std::rc::Rc;
use std::{env, fs};

use bytes::Bytes;
use http::Response;
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use strsim::damerau_levenshtein;
use talon_core::{
    Error, Operation, for_each_effect, for_each_model, for_each_operation, json, operations,
};
use talon_properties::models::all;

use super::codec::{
    Body, decode_as, decode_model, decode_reply, encode_as, encode_model, encode_reply,
};
use crate::row::Row;

/// Environment variable with the path of the payload.
const PAYLOAD_VARIABLE: &str = "TALON_BENCH_PAYLOAD";

/// Environment variable with its type: a model, or an operation whose reply it is.
const TYPE_VARIABLE: &str = "TALON_BENCH_AS";

/// A type that a payload can have.
struct PayloadType {
    name: &'static str,
    rows: fn(&Bytes) -> Result<[Row; 2], String>,
}

/// Rows of the payload; `None` when the environment names none.
pub(super) fn rows() -> Result<Option<Vec<Row>>, String> {
    let Some(path) = env::var_os(PAYLOAD_VARIABLE) else { return Ok(None) };
    let name =
        env::var(TYPE_VARIABLE).map_err(|_| format!("{PAYLOAD_VARIABLE} needs {TYPE_VARIABLE}"))?;
    let payload_type = find(&name)?;
    let body = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let body = Bytes::from(body);
    let ours = (payload_type.rows)(&body);
    let ours = ours.map_err(|error| format!("{} is no {name}: {error}", path.display()))?;
    let body = existing(body);
    let others = [
        decode_as::<Value>("decode/payload/Value", &body),
        decode_as::<IgnoredAny>("decode/payload/IgnoredAny", &body),
        encode_as::<Value>("encode/payload/Value", &body),
    ];
    Ok(Some(ours.into_iter().chain(others).collect()))
}

/// A payload in memory.
fn existing(body: Bytes) -> Body {
    Rc::new(move || body.clone())
}

fn payload_types() -> impl Iterator<Item = &'static PayloadType> {
    MODELS.iter().chain(EFFECTS).chain(REPLIES)
}

fn find(name: &str) -> Result<&'static PayloadType, String> {
    payload_types()
        .find(|payload_type| payload_type.name.eq_ignore_ascii_case(name))
        .ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> String {
    let distance = |payload_type: &&PayloadType| {
        damerau_levenshtein(&payload_type.name.to_lowercase(), &name.to_lowercase())
    };
    let nearest = payload_types().min_by_key(distance).expect("there are kinds").name;
    let all = payload_types().map(|payload_type| payload_type.name).collect::<Vec<_>>().join(", ");
    format!("there is no model or operation {name}; did you mean {nearest}?\nThere are: {all}")
}

fn as_model<T: DeserializeOwned + Serialize + 'static>(body: &Bytes) -> Result<[Row; 2], String> {
    json::from_slice::<T>(body).map_err(|error| with_source(&error))?;
    let body = &existing(body.clone());
    let names = ["decode/payload/talon", "encode/payload/talon"];
    Ok([decode_model::<T>(names[0], body), encode_model::<T>(names[1], body)])
}

fn as_reply<O: Operation>(body: &Bytes) -> Result<[Row; 2], String> {
    let mut response = Response::new(body.clone());
    *response.status_mut() = O::INFO.success[0];
    O::reply_from_http(response).map_err(|error| with_source(&error))?;
    let (decode, encode) = ("decode/payload/talon", "encode/payload/talon");
    let body = &existing(body.clone());
    Ok([decode_reply::<O>(decode, body), encode_reply::<O>(encode, body)])
}

fn with_source(error: &Error) -> String {
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}"));
    format!("{error}{}", cause.unwrap_or_default())
}

macro_rules! models {
    ($( $noun:ident { $( $model:ident, )+ } )+) => {
        const MODELS: &[PayloadType] =
            &[ $($( PayloadType { name: stringify!($model), rows: as_model::<all::$model> }, )+)+ ];
    };
}

for_each_model!(models);

macro_rules! effects {
    ($( $(#[$doc:meta])* $props:ident = $name:literal [ $( $prop:literal ),* ], )+) => {
        const EFFECTS: &[PayloadType] = &[
            PayloadType { name: "Effect", rows: as_model::<all::Effect> },
            PayloadType { name: "EventEffect", rows: as_model::<all::EventEffect> },
            $( PayloadType { name: stringify!($props), rows: as_model::<all::$props> }, )+
        ];
    };
}

for_each_effect!(effects);

macro_rules! replies {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        const REPLIES: &[PayloadType] = &[ $( PayloadType {
            name: operations::$request::INFO.id,
            rows: as_reply::<operations::$request>,
        }, )+ ];
    };
}

for_each_operation!(replies);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_type_gets_a_suggestion() {
        let reason = find("integrationstatev3").err().unwrap();

        assert!(reason.contains("did you mean IntegrationStateV2?"), "{reason}");
        assert!(reason.contains("updateCustomerSessionV2"), "{reason}");
    }

    #[test]
    fn an_invalid_payload_says_where() {
        let body = Bytes::from_static(br#"{"customerSession":{"id":"one"}}"#);

        for name in ["IntegrationStateV2", "updateCustomerSessionV2"] {
            let reason = (find(name).unwrap().rows)(&body).unwrap_err();

            assert!(reason.contains("customerSession.id"), "{reason}");
        }
    }
}
