//! A fake as the handler of requests over HTTP.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Extensions, HeaderMap, Request, Response};
use talon_core::dispatch::{Answer, Handler, Route, error_to_http};
use talon_core::{Result, async_trait, visit_route};

use super::{idempotency, untyped};
use crate::Fake;
use crate::control::calls::{HttpDetails, shown_headers, unknown_members};
use crate::control::faults::Fault;
use crate::fake::{Executed, Permit};
use crate::operations::Execute;
use crate::state::Claim;
use crate::world::KeyType;

/// Behind a server, or behind a client's `Loopback` without a socket. Faults happen to the
/// connection, and an `Idempotency-Key` is honored, which a call in process does not have.
#[async_trait]
impl Handler for Fake {
    async fn handle(&self, route: Route, request: &Request<Bytes>) -> Answer {
        KeyedFake::new(self.clone(), KeyType::Production).handle(route, request).await
    }
}

/// A fake as the caller with an API key of some type uses it.
#[derive(Debug)]
pub(super) struct KeyedFake {
    fake: Fake,
    key_type: KeyType,
}

impl KeyedFake {
    pub(super) fn new(fake: Fake, key_type: KeyType) -> Self {
        Self { fake, key_type }
    }
}

#[async_trait]
impl Handler for KeyedFake {
    async fn handle(&self, route: Route, request: &Request<Bytes>) -> Answer {
        let arrival = Arrival::of(request.extensions());
        let pending = visit_route!(route, request, |decoded| respond(self, request, decoded));
        let recorded = pending.recorded;
        let answer = pending.deliver().await;
        if let Some((number, bytes)) = recorded {
            self.fake.log().set_http(number, details(request, arrival), bytes);
        }
        answer
    }
}

/// When a request arrived; a server adds it to the extensions of the request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arrival(Instant);

impl Arrival {
    #[cfg(feature = "serve")]
    pub(super) fn now() -> Self {
        Self(Instant::now())
    }

    /// The arrival of a request; now where nothing else is known.
    pub(super) fn of(extensions: &Extensions) -> Self {
        extensions.get().copied().unwrap_or_else(|| Self(Instant::now()))
    }

    pub(super) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// What the record has of a request over HTTP.
pub(super) fn details(request: &Request<Bytes>, arrival: Arrival) -> HttpDetails {
    HttpDetails {
        uri: request.uri().clone(),
        headers: shown_headers(request.headers()),
        body: request.body().clone(),
        duration: Some(arrival.elapsed()),
    }
}

/// A reply that is not sent yet.
struct PendingReply {
    reply: Response<Bytes>,
    fault: Option<Fault>,
    /// Held as long as the reply is delayed.
    permit: Option<Permit>,
    /// The number of the call in the log, and how many bytes its bodies have.
    recorded: Option<(u64, usize)>,
}

impl PendingReply {
    /// The reply, unless the fault breaks the connection.
    async fn deliver(self) -> Answer {
        let Some(fault) = self.fault else { return self.reply.into() };
        fault.wait().await;
        drop(self.permit);
        fault.answer(self.reply)
    }
}

/// Executes a request, or refuses one that cannot be decoded.
fn respond<O: Execute>(
    caller: &KeyedFake,
    http: &Request<Bytes>,
    decoded: Result<O>,
) -> PendingReply {
    let KeyedFake { fake, key_type } = caller;
    let (request, claim) = match accept(caller, http.headers(), decoded) {
        Ok(accepted) => accepted,
        Err(error) => {
            let reply = error_to_http(error);
            let unknown_members = unknown_members::<O>(http.uri(), http.body());
            untyped::record_refusal(fake, O::INFO, http, &reply, unknown_members);
            return PendingReply { reply, fault: None, permit: None, recorded: None };
        }
    };
    let executed = fake.execute(request, *key_type, &claim);
    let stored = claim.stored().filter(|_| executed.has_reached_service()).cloned();
    let Executed { result, fault, permit, number } = executed;
    let reply = stored.unwrap_or_else(|| encode::<O>(result));
    let recorded = Some((number, http.body().len() + reply.body().len()));
    PendingReply { reply, fault, permit, recorded }
}

/// The request, and the claim on the reply that its `Idempotency-Key` makes.
fn accept<O: Execute>(
    caller: &KeyedFake,
    headers: &HeaderMap,
    decoded: Result<O>,
) -> Result<(O, Claim)> {
    let key = idempotency::key(O::INFO, headers)?;
    let request = decoded?;
    let claim = idempotency::claim(&caller.fake, &request, caller.key_type, key)?;
    Ok((request, claim))
}

fn encode<O: Execute>(result: Result<O::Reply>) -> Response<Bytes> {
    result.and_then(|reply| O::reply_to_http(&reply)).unwrap_or_else(error_to_http)
}
