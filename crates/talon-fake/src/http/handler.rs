//! A fake as the handler of requests over HTTP.

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use talon_core::dispatch::{Answer, Handler, Route, error_to_http};
use talon_core::{ApiError, Error, Result, async_trait, visit_route};

use super::arrival::{Arrival, details};
use super::{idempotency, untyped};
use crate::Fake;
use crate::control::calls::{EncodedReply, UnknownMember, unknown_members};
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
    /// Whether unknown members are refused, unless the world says otherwise.
    is_strict: bool,
}

impl KeyedFake {
    pub(super) fn new(fake: Fake, key_type: KeyType) -> Self {
        Self { fake, key_type, is_strict: false }
    }

    /// Sets whether unknown members are refused where the world does not say.
    #[cfg(feature = "serve")]
    pub(super) fn strict(self, is_strict: bool) -> Self {
        Self { is_strict, ..self }
    }
}

#[async_trait]
impl Handler for KeyedFake {
    async fn handle(&self, route: Route, request: &Request<Bytes>) -> Answer {
        let arrival = Arrival::of(request.extensions());
        let mut pending = visit_route!(route, request, |decoded| respond(self, request, decoded));
        let recorded = pending.recorded.take();
        let answer = pending.deliver().await;
        if let Some(RecordedCall { number, reply, bytes }) = recorded {
            self.fake.record_http(number, details(request, arrival), reply, bytes);
        }
        answer
    }
}

/// A reply that is not sent yet.
struct PendingReply {
    reply: Response<Bytes>,
    fault: Option<Fault>,
    /// Held as long as the reply is delayed.
    permit: Option<Permit>,
    recorded: Option<RecordedCall>,
}

/// A call in the log, which gets its reply once that is sent.
struct RecordedCall {
    number: u64,
    /// Of a call with an outcome that can be encoded.
    reply: Option<EncodedReply>,
    /// How many bytes the bodies of request and reply have.
    bytes: usize,
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
    let KeyedFake { fake, key_type, .. } = caller;
    let (request, claim) = match accept(caller, http, decoded) {
        Ok(accepted) => accepted,
        Err(error) => {
            let reply = error_to_http(error);
            let unknown_members = unknown_members::<O>(http.uri().query(), http.body());
            untyped::record_refusal(fake, O::INFO, http, &reply, unknown_members);
            return PendingReply { reply, fault: None, permit: None, recorded: None };
        }
    };
    let executed = fake.execute(request, *key_type, &claim);
    let stored = claim.stored().filter(|_| executed.has_reached_service()).cloned();
    let Executed { outcome, encoded, fault, permit, number } = executed;
    let reply = stored.or(encoded).or_else(|| outcome.to_http::<O>());
    let kept = reply.as_ref().map(EncodedReply::new::<O>);
    let reply = reply.unwrap_or_else(|| error_to_http(Error::unimplemented(O::INFO.id)));
    let bytes = http.body().len() + reply.body().len();
    let recorded = RecordedCall { number, reply: kept, bytes };
    PendingReply { reply, fault, permit, recorded: Some(recorded) }
}

/// The request, and the claim on the reply that its `Idempotency-Key` makes.
fn accept<O: Execute>(
    caller: &KeyedFake,
    http: &Request<Bytes>,
    decoded: Result<O>,
) -> Result<(O, Claim)> {
    let key = idempotency::key(O::INFO, http.headers())?;
    let request = decoded?;
    if caller.fake.strictness().unwrap_or(caller.is_strict) {
        refuse_unknown_members::<O>(http)?;
    }
    let claim = idempotency::claim(&caller.fake, &request, caller.key_type, key)?;
    Ok((request, claim))
}

/// Refuses a request with members that the operation does not have.
fn refuse_unknown_members<O: Execute>(http: &Request<Bytes>) -> Result<()> {
    let unknown = unknown_members::<O>(http.uri().query(), http.body());
    if unknown.is_empty() {
        return Ok(());
    }
    let problems = unknown.iter().map(UnknownMember::to_problem).collect();
    let message = "Invalid request: it has members that the operation does not have";
    let refusal = ApiError::with_problems(StatusCode::BAD_REQUEST, message, problems);
    Err(O::with_operation(O::INFO.in_schema(refusal).into()))
}
