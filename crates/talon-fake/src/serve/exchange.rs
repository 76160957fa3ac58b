//! One request over HTTP and its answer.

use bytes::Bytes;
use http::{Method, Request, Response};
use talon_core::OperationInfo;
use talon_core::dispatch::Route;
use talon_server::Answer;

use super::idempotency::key_of;
use super::lookup::world_of;
use super::unmodelled;
use super::wire::{Met, Wire};
use crate::calls::{Entry, Stray};
use crate::{Fake, Worlds};

/// Longest path that is kept of a request nobody took.
const PATH: usize = 1000;

pub(super) async fn exchange(worlds: &Worlds, request: Request<Bytes>) -> Answer {
    let route = match Route::find(request.method(), request.uri().path()) {
        Ok(route) => route,
        Err(no_route) => {
            let reply = match unmodelled::refusal(request.method(), request.uri().path()) {
                Some(refusal) => refusal.to_http(),
                None => no_route.to_http(request.method()),
            };
            // Browsers ask with it before they call; that is no call.
            if request.method() != Method::OPTIONS {
                note(&worlds.of_request(&request), None, &request, &reply);
            }
            return reply.into();
        }
    };
    match world_of(worlds, route.info(), &request) {
        Ok(fake) => call(fake, route, request).await,
        Err(refusal) => {
            let reply = refusal.to_http();
            note(&worlds.first(), Some(route.info()), &request, &reply);
            reply.into()
        }
    }
}

async fn call(fake: Fake, route: Route, request: Request<Bytes>) -> Answer {
    let key = match key_of(route.info(), &request) {
        Ok(key) => key,
        Err(refusal) => {
            let reply = route.info().in_schema(refusal).to_http();
            note(&fake, Some(route.info()), &request, &reply);
            return reply.into();
        }
    };
    let wire = Wire::new(fake.clone(), key);
    let reply = route.handle(&wire, &request).await;
    let Some(mut met) = wire.met() else {
        note(&fake, Some(route.info()), &request, &reply);
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
    drop(met.place);
    fault.answer(reply)
}

/// Has the record know how big a call is.
fn weigh(fake: &Fake, met: &Met, request: &Request<Bytes>, reply: &Response<Bytes>) {
    fake.log().weigh(met.number, request.body().len() + reply.body().len());
}

/// Records a request that no typed call stands for.
fn note(
    fake: &Fake,
    operation: Option<&'static OperationInfo>,
    request: &Request<Bytes>,
    reply: &Response<Bytes>,
) {
    let uri = request.uri();
    let path = uri.path_and_query().map_or_else(|| uri.path(), |path| path.as_str());
    let at = fake.clock().now();
    let stray = Stray {
        at,
        operation: operation.map(|operation| operation.id),
        method: request.method().to_string(),
        path: path.chars().take(PATH).collect(),
        status: reply.status(),
    };
    fake.log().record(Entry::of_stray(stray));
}
