//! A reply over HTTP as JSON: its status, its headers, and its body as text, byte for byte.

use std::borrow::Cow;
use std::collections::BTreeMap;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts<'a> {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Cow<'a, str>,
}

pub(super) fn serialize<S: Serializer>(
    reply: &Response<Bytes>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let headers = reply.headers().iter().map(|(name, value)| {
        let value = value.to_str().map_err(S::Error::custom)?;
        Ok((name.to_string(), value.to_owned()))
    });
    let body = std::str::from_utf8(reply.body()).map_err(S::Error::custom)?;
    let texts = Texts {
        status: reply.status().as_u16(),
        headers: headers.collect::<Result<_, _>>()?,
        body: body.into(),
    };
    texts.serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Response<Bytes>, D::Error> {
    let texts = Texts::deserialize(deserializer)?;
    let mut reply = Response::new(Bytes::from(texts.body.into_owned()));
    *reply.status_mut() = StatusCode::from_u16(texts.status).map_err(D::Error::custom)?;
    for (name, value) in texts.headers {
        let name = HeaderName::try_from(name).map_err(D::Error::custom)?;
        let value = HeaderValue::try_from(value).map_err(D::Error::custom)?;
        reply.headers_mut().insert(name, value);
    }
    Ok(reply)
}
