//! Benchmarks of a payload that the user names in the environment.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::{env, fs};

use bytes::Bytes;
use http::Response;
use serde::de::IgnoredAny;
use serde_json::Value;
use strsim::damerau_levenshtein;
use talon_core::api::ReplyOf;
use talon_core::{Error, Operation, for_each_operation, operations};

use super::codec::{Body, decode_as, decode_reply, encode_as, encode_reply};
use crate::row::Row;

/// Environment variable with the path of the payload.
const PAYLOAD_VARIABLE: &str = "TALON_BENCH_PAYLOAD";

/// Environment variable with its type: the operation whose reply it is, or the model of the reply.
const TYPE_VARIABLE: &str = "TALON_BENCH_AS";

/// A type that a payload can have: the reply of an operation.
///
/// Replies alone: each type costs the build a decoder and an encoder.
struct PayloadType {
    operation: &'static str,
    /// Path of the type of the reply.
    reply: fn() -> &'static str,
    rows: fn(&Bytes) -> Result<[Row; 2], String>,
}

impl PayloadType {
    /// What the user may call it.
    fn names(&self) -> [&'static str; 2] {
        let model = (self.reply)().trim_end_matches('>');
        [self.operation, model.rsplit(':').next().unwrap_or(model)]
    }
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

fn find(name: &str) -> Result<&'static PayloadType, String> {
    let has_name = |known: &&str| known.eq_ignore_ascii_case(name);
    REPLIES.iter().find(|reply| reply.names().iter().any(&has_name)).ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> String {
    let distance = |known: &&str| damerau_levenshtein(&known.to_lowercase(), &name.to_lowercase());
    let mut all: BTreeSet<_> = REPLIES.iter().flat_map(PayloadType::names).collect();
    all.remove("()");
    let nearest = all.iter().min_by_key(|known| distance(known)).expect("there are operations");
    let all = all.iter().copied().collect::<Vec<_>>().join(", ");
    format!("there is no operation and no reply {name}; did you mean {nearest}?\nThere are: {all}")
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

macro_rules! replies {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        const REPLIES: &[PayloadType] = &[ $( PayloadType {
            operation: operations::$request::INFO.id,
            reply: std::any::type_name::<ReplyOf<operations::$request>>,
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
