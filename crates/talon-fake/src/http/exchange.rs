//! One request over HTTP and its answer.

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, Method, Request, Response, Uri};
use talon_core::ApiError;
use talon_core::dispatch::Route;
use talon_server::Answer;

use super::idempotency::key_of;
use super::wire::{Met, Wire};
use super::{Worlds, cors, lookup, not_implemented};
use crate::Fake;
use crate::control::calls::{LogEntry, UntypedCall};

/// Longest path that is kept of a request nobody took.
const PATH: usize = 1000;

pub(super) async fn exchange(worlds: &Worlds, request: Request<Bytes>) -> Answer {
    let (method, uri, headers) = (request.method(), request.uri(), request.headers());
    let route = match find(worlds, method, uri, headers) {
        Ok(route) => route,
        Err(reply) => return (*reply).into(),
    };
    match lookup::world_of(worlds, route.info(), &request) {
        Ok(fake) => call(fake, route, request).await,
        Err(refusal) => refuse(&worlds.first(), route, method, uri, &refusal).into(),
    }
}

/// Refuses what is no operation, and who has no key, before there is a body.
pub(super) fn refuse_early(worlds: &Worlds, head: &Parts) -> Option<Response<Bytes>> {
    match find(worlds, &head.method, &head.uri, &head.headers) {
        Ok(route) => {
            let refusal = lookup::refuse_early(worlds, route.info(), head)?;
            Some(refuse(&worlds.first(), route, &head.method, &head.uri, &refusal))
        }
        Err(reply) => Some(*reply),
    }
}

/// The operation that a request asks for, or the reply to one that asks for none.
fn find(
    worlds: &Worlds,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
) -> Result<Route, Box<Response<Bytes>>> {
    if let Some(reply) = cors::preflight(method, headers) {
        return Err(reply.into());
    }
    Route::find(method, uri.path()).map_err(|no_route| {
        let reply = match not_implemented::refusal(method, uri.path()) {
            Some(refusal) => refusal.to_http(),
            None => no_route.to_http(method),
        };
        // Who asks which methods there are does not call any.
        if method != Method::OPTIONS {
            note(&worlds.for_request(headers), None, method, uri, &reply);
        }
        reply.into()
    })
}

async fn call(fake: Fake, route: Route, request: Request<Bytes>) -> Answer {
    let key = match key_of(route.info(), &request) {
        Ok(key) => key,
        Err(refusal) => {
            let refusal = route.info().in_schema(refusal);
            return refuse(&fake, route, request.method(), request.uri(), &refusal).into();
        }
    };
    let wire = Wire::new(fake.clone(), key);
    let reply = route.handle(&wire, &request).await;
    let Some(mut met) = wire.met() else {
        note(&fake, Some(route), request.method(), request.uri(), &reply);
        return reply.into();
    };
    // What was stored is the answer, byte for byte.
    let reply = met.stored.take().filter(|_| met.was_served()).unwrap_or(reply);
    weigh(&fake, &met, &request, &reply);
    answer(met, reply).await
}

/// The reply, unless something goes wrong with it.
async fn answer(met: Met, reply: Response<Bytes>) -> Answer {
    let Some(fault) = met.fault else { return reply.into() };
    fault.wait().await;
    drop(met.permit);
    fault.answer(reply)
}

/// Has the record know how big a call is.
fn weigh(fake: &Fake, met: &Met, request: &Request<Bytes>, reply: &Response<Bytes>) {
    fake.log().set_body_bytes(met.number, request.body().len() + reply.body().len());
}

/// The reply of a refusal that no typed call stands for, which is recorded.
fn refuse(
    fake: &Fake,
    route: Route,
    method: &Method,
    uri: &Uri,
    refusal: &ApiError,
) -> Response<Bytes> {
    let reply = refusal.to_http();
    note(fake, Some(route), method, uri, &reply);
    reply
}

/// Records a request that no typed call stands for.
fn note(fake: &Fake, route: Option<Route>, method: &Method, uri: &Uri, reply: &Response<Bytes>) {
    let path = uri.path_and_query().map_or_else(|| uri.path(), |path| path.as_str());
    let at = fake.clock().now();
    let call = UntypedCall {
        at,
        operation: route.map(|route| route.info().id),
        method: method.to_string(),
        path: path.chars().take(PATH).collect(),
        status: reply.status(),
    };
    fake.log().record(LogEntry::untyped(call));
}
