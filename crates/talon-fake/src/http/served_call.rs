//! What a service tells of each request that it answered.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Response, StatusCode, Uri};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use talon_core::dispatch::Route;
use talon_core::json;
use talon_server::{Answer, RefusedRequest};

use crate::control::calls::NearMiss;

/// A request of the API that was answered, without keys and bodies; from
/// [`FakeService::on_call`](crate::FakeService::on_call).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ServedCall {
    /// HTTP method; `None` of what is not valid HTTP.
    #[serde(serialize_with = "as_text")]
    pub method: Option<Method>,
    /// Path and query; `None` of what is not valid HTTP.
    #[serde(serialize_with = "as_text")]
    pub path: Option<Uri>,
    /// Id of the operation; `None` when it matches none.
    pub operation: Option<&'static str>,
    /// Status of the reply; `None` when the connection was closed without one.
    pub status: Option<u16>,
    /// How many effects of each type the reply has.
    pub effects: BTreeMap<String, usize>,
    /// From the arrival of the request to its reply, in milliseconds in JSON; 0 of one that was
    /// refused before it was whole.
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

    /// Tells of a request that the service answered.
    pub(super) fn answered(
        &self,
        (method, uri): (Method, Uri),
        answer: &Answer,
        duration: Duration,
    ) {
        let reply: Option<&Response<Bytes>> = match answer {
            Answer::Reply(reply) | Answer::CutOff(reply) => Some(reply),
            Answer::HangUp => None,
        };
        let call = ServedCall::new(Some(method), Some(uri), reply.map(Response::status));
        let effects = reply.map(|reply| effect_types(reply.body())).unwrap_or_default();
        (self.0)(&ServedCall { effects, duration, ..call });
    }

    /// Tells of a request that the server itself refused.
    pub(super) fn refused(&self, request: &RefusedRequest<'_>) {
        let (method, uri) = (request.method.cloned(), request.uri.cloned());
        (self.0)(&ServedCall::new(method, uri, request.status));
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Observer")
    }
}

impl ServedCall {
    /// A call without effects, that took no time.
    fn new(method: Option<Method>, path: Option<Uri>, status: Option<StatusCode>) -> Self {
        let (operation, near) = match (&method, &path) {
            (Some(method), Some(uri)) => match Route::find(method, uri.path()) {
                Ok(route) => (Some(route.info().id), None),
                Err(_) => (None, NearMiss::of(method, uri.path())),
            },
            _ => (None, None),
        };
        let (status, effects) = (status.map(|status| status.as_u16()), BTreeMap::new());
        Self { method, path, operation, status, effects, duration: Duration::ZERO, near }
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

/// The effects in the text of a reply.
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

#[expect(clippy::ref_option, reason = "serde hands a reference")]
fn as_text<T, S>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error>
where
    T: fmt::Display,
    S: Serializer,
{
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}

fn milliseconds<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    crate::control::milliseconds(*duration).serialize(serializer)
}

/// One line, such as `PUT /v2/customer_sessions/cart-1 updateCustomerSessionV2 200, 2 effects
/// (acceptCoupon, setDiscount), 1.2 ms`.
impl fmt::Display for ServedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.operation.unwrap_or("(no operation)");
        match (&self.method, &self.path) {
            (Some(method), Some(path)) => write!(f, "{method} {path} {operation} ")?,
            _ => f.write_str("(no request line) ")?,
        }
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

    use std::sync::Mutex;

    /// The line about what `tell` tells.
    fn told(tell: impl FnOnce(&Observer)) -> String {
        let line = Arc::<Mutex<String>>::default();
        let written = Arc::clone(&line);
        tell(&Observer::new(move |call| *written.lock().unwrap() = call.to_string()));
        line.lock().unwrap().clone()
    }

    fn line(method: Method, uri: &'static str, body: &'static str) -> String {
        let answer = Response::new(Bytes::from_static(body.as_bytes())).into();
        let head = (method, Uri::from_static(uri));
        told(|observer| observer.answered(head, &answer, Duration::from_micros(1250)))
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
        let head = (Method::POST, Uri::from_static("/v1/event"));
        let line = told(|observer| observer.answered(head, &Answer::HangUp, Duration::ZERO));

        let expected =
            "POST /v1/event (no operation) no reply, 0.0 ms; did you mean POST /v1/events?";
        assert_eq!(line, expected);
    }
}
