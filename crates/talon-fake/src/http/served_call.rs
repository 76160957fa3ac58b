//! What a service tells of each request that it answered.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Response, Uri};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use talon_core::dispatch::Route;
use talon_core::json;
use talon_server::Answer;

use crate::control::calls::NearMiss;

/// A request of the API that was answered, without keys and bodies; from
/// [`FakeService::on_call`](crate::FakeService::on_call).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ServedCall {
    /// HTTP method.
    #[serde(serialize_with = "as_text")]
    pub method: Method,
    /// Path and query.
    #[serde(serialize_with = "as_text")]
    pub path: Uri,
    /// Id of the operation; `None` when it matches none.
    pub operation: Option<&'static str>,
    /// Status of the reply; `None` when the connection was closed without one.
    pub status: Option<u16>,
    /// How many effects of each type the reply has.
    pub effects: BTreeMap<String, usize>,
    /// From the arrival of the request to its reply, in milliseconds in JSON.
    #[serde(rename = "milliseconds", serialize_with = "milliseconds")]
    pub duration: Duration,
    /// The operation that a request was close to that matches none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub near: Option<NearMiss>,
}

/// A function that is told of each request.
#[derive(Clone)]
pub(super) struct Observer(Arc<dyn Fn(&ServedCall) + Send + Sync>);

impl Observer {
    pub(super) fn new(observe: impl Fn(&ServedCall) + Send + Sync + 'static) -> Self {
        Self(Arc::new(observe))
    }

    pub(super) fn observe(&self, method: Method, uri: Uri, answer: &Answer, duration: Duration) {
        (self.0)(&ServedCall::new(method, uri, answer, duration));
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Observer")
    }
}

impl ServedCall {
    fn new(method: Method, uri: Uri, answer: &Answer, duration: Duration) -> Self {
        let reply: Option<&Response<Bytes>> = match answer {
            Answer::Reply(reply) | Answer::CutOff(reply) => Some(reply),
            Answer::HangUp => None,
        };
        let route = Route::find(&method, uri.path());
        let near = if route.is_err() { NearMiss::of(&method, uri.path()) } else { None };
        Self {
            operation: route.ok().map(|route| route.info().id),
            status: reply.map(|reply| reply.status().as_u16()),
            effects: reply.map(|reply| effect_types(reply.body())).unwrap_or_default(),
            method,
            path: uri,
            duration,
            near,
        }
    }
}

/// What a reply has of effects: in V2 a list, in V1 within the event.
#[derive(Default, Deserialize)]
#[serde(default)]
struct ReplyEffects {
    effects: Vec<EffectName>,
    event: Option<EventEffects>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EffectName {
    effect_type: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct EventEffects {
    effects: Vec<Value>,
}

fn effect_types(body: &[u8]) -> BTreeMap<String, usize> {
    let reply: ReplyEffects = json::from_slice(body).unwrap_or_default();
    let of_event = reply.event.into_iter().flat_map(|event| event.effects);
    let names = reply.effects.into_iter().map(|effect| effect.effect_type);
    let mut types = BTreeMap::new();
    for name in names.chain(of_event.filter_map(|effect| name_in_v1(&effect))) {
        *types.entry(name).or_default() += 1;
    }
    types
}

/// The name in an effect of V1, such as `[1, 1, 0, ["setDiscount", "10 % off", 5]]`.
fn name_in_v1(effect: &Value) -> Option<String> {
    let list = effect.get(3).or_else(|| effect.get(4))?;
    Some(list.get(0)?.as_str()?.to_owned())
}

fn as_text<S: Serializer>(value: &impl fmt::Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

fn milliseconds<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    crate::control::milliseconds(*duration).serialize(serializer)
}

/// One line, such as `PUT /v2/customer_sessions/cart-1 updateCustomerSessionV2 200, 2 effects
/// (acceptCoupon, setDiscount), 1.2 ms`.
impl fmt::Display for ServedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation.unwrap_or("(no operation)");
        write!(f, "{} {} {operation} ", self.method, self.path)?;
        match self.status {
            Some(status) => write!(f, "{status}")?,
            None => f.write_str("no reply")?,
        }
        match self.effects.values().sum::<usize>() {
            0 => {}
            1 => f.write_str(", 1 effect ")?,
            count => write!(f, ", {count} effects ")?,
        }
        for (index, (name, count)) in self.effects.iter().enumerate() {
            f.write_str(if index == 0 { "(" } else { ", " })?;
            match count {
                1 => f.write_str(name)?,
                _ => write!(f, "{count} {name}")?,
            }
        }
        if !self.effects.is_empty() {
            f.write_str(")")?;
        }
        write!(f, ", {:.1} ms", self.duration.as_secs_f64() * 1000.0)?;
        self.near.iter().try_for_each(|near| write!(f, "; {near}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(method: Method, uri: &'static str, body: &'static str) -> String {
        let answer = Response::new(Bytes::from_static(body.as_bytes())).into();
        ServedCall::new(method, Uri::from_static(uri), &answer, Duration::from_micros(1250))
            .to_string()
    }

    #[test]
    fn a_line_counts_effects_of_both_versions() {
        let v2 = r#"{"effects": [{"effectType": "setDiscount", "props": {}},
            {"effectType": "acceptCoupon", "props": {}}, {"effectType": "setDiscount"}]}"#;
        let v1 = r#"{"event": {"effects": [[1, 1, 0, ["setDiscount", "x", 5]]]}}"#;

        assert_eq!(
            line(Method::PUT, "/v2/customer_sessions/cart-1", v2),
            "PUT /v2/customer_sessions/cart-1 updateCustomerSessionV2 200, 3 effects \
             (acceptCoupon, 2 setDiscount), 1.2 ms"
        );
        assert_eq!(
            line(Method::POST, "/v1/events?dry=true", v1),
            "POST /v1/events?dry=true trackEvent 200, 1 effect (setDiscount), 1.2 ms"
        );
        assert_eq!(
            line(Method::GET, "/v2/session/1", "no JSON"),
            "GET /v2/session/1 (no operation) 200, 1.2 ms; \
             did you mean GET /v2/customer_sessions/{customerSessionId}?"
        );
    }

    #[test]
    fn a_connection_that_breaks_has_no_status() {
        let uri = Uri::from_static("/v1/event");
        let call = ServedCall::new(Method::POST, uri, &Answer::HangUp, Duration::ZERO);

        let expected =
            "POST /v1/event (no operation) no reply, 0.0 ms; did you mean POST /v1/events?";
        assert_eq!(call.to_string(), expected);
    }
}
