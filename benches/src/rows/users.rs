//! Rows of a user's own payload.

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

/// Path of the payload.
const PAYLOAD: &str = "TALON_BENCH_PAYLOAD";

/// What it is: a model, or an operation of which it is a reply.
const AS: &str = "TALON_BENCH_AS";

/// Something a payload can be.
struct Kind {
    name: &'static str,
    rows: fn(&Bytes) -> Result<[Row; 2], String>,
}

/// Rows of the payload that the environment names; `None` when it names none.
pub(super) fn rows() -> Result<Option<Vec<Row>>, String> {
    let Some(path) = env::var_os(PAYLOAD) else { return Ok(None) };
    let name = env::var(AS).map_err(|_| format!("{PAYLOAD} needs {AS}"))?;
    let kind = find(&name)?;
    let body = fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let body = Bytes::from(body);
    let ours = (kind.rows)(&body);
    let ours = ours.map_err(|error| format!("{} is no {name}: {error}", path.display()))?;
    let body = ready(body);
    let others = [
        decode_as::<Value>("decode/payload/Value", &body),
        decode_as::<IgnoredAny>("decode/payload/IgnoredAny", &body),
        encode_as::<Value>("encode/payload/Value", &body),
    ];
    Ok(Some(ours.into_iter().chain(others).collect()))
}

/// A payload that is there.
fn ready(body: Bytes) -> Body {
    Rc::new(move || body.clone())
}

fn kinds() -> impl Iterator<Item = &'static Kind> {
    MODELS.iter().chain(EFFECTS).chain(REPLIES)
}

fn find(name: &str) -> Result<&'static Kind, String> {
    kinds().find(|kind| kind.name.eq_ignore_ascii_case(name)).ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> String {
    let distance =
        |kind: &&Kind| damerau_levenshtein(&kind.name.to_lowercase(), &name.to_lowercase());
    let nearest = kinds().min_by_key(distance).expect("there are kinds").name;
    let all = kinds().map(|kind| kind.name).collect::<Vec<_>>().join(", ");
    format!("there is no model or operation {name}; did you mean {nearest}?\nThere are: {all}")
}

fn as_model<T: DeserializeOwned + Serialize + 'static>(body: &Bytes) -> Result<[Row; 2], String> {
    json::from_slice::<T>(body).map_err(|error| described(&error))?;
    let body = &ready(body.clone());
    let names = ["decode/payload/talon", "encode/payload/talon"];
    Ok([decode_model::<T>(names[0], body), encode_model::<T>(names[1], body)])
}

fn as_reply<O: Operation>(body: &Bytes) -> Result<[Row; 2], String> {
    let mut response = Response::new(body.clone());
    *response.status_mut() = O::INFO.success[0];
    O::reply_from_http(response).map_err(|error| described(&error))?;
    let (decode, encode) = ("decode/payload/talon", "encode/payload/talon");
    let body = &ready(body.clone());
    Ok([decode_reply::<O>(decode, body), encode_reply::<O>(encode, body)])
}

fn described(error: &Error) -> String {
    let cause = std::error::Error::source(error).map(|cause| format!(": {cause}"));
    format!("{error}{}", cause.unwrap_or_default())
}

macro_rules! models {
    ($( $noun:ident { $( $model:ident, )+ } )+) => {
        const MODELS: &[Kind] =
            &[ $($( Kind { name: stringify!($model), rows: as_model::<all::$model> }, )+)+ ];
    };
}

for_each_model!(models);

macro_rules! effects {
    ($( $(#[$doc:meta])* $props:ident = $name:literal [ $( $prop:literal ),* ], )+) => {
        const EFFECTS: &[Kind] = &[
            Kind { name: "Effect", rows: as_model::<all::Effect> },
            Kind { name: "EventEffect", rows: as_model::<all::EventEffect> },
            $( Kind { name: stringify!($props), rows: as_model::<all::$props> }, )+
        ];
    };
}

for_each_effect!(effects);

macro_rules! replies {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        const REPLIES: &[Kind] = &[ $( Kind {
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
    fn an_unknown_type_is_told_its_nearest_name() {
        let reason = find("integrationstatev3").err().unwrap();

        assert!(reason.contains("did you mean IntegrationStateV2?"), "{reason}");
        assert!(reason.contains("updateCustomerSessionV2"), "{reason}");
    }

    #[test]
    fn what_does_not_fit_says_where() {
        let body = Bytes::from_static(br#"{"customerSession":{"id":"one"}}"#);

        for name in ["IntegrationStateV2", "updateCustomerSessionV2"] {
            let reason = (find(name).unwrap().rows)(&body).unwrap_err();

            assert!(reason.contains("customerSession.id"), "{reason}");
        }
    }
}
