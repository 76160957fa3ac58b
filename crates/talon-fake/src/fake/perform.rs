//! How a call runs: a place, a fault perhaps, the service, the record.

use std::sync::Arc;

use bytes::Bytes;
use http::Response;
use talon_core::{ApiError, Error, Operation, Result, Timestamp};

use super::Fake;
use crate::calls::{Entry, Made, Outcome};
use crate::fault::Fault;
use crate::operations::Execute;
use crate::parallel::Place;
use crate::state::{Claim, Ticket};

/// What came of a call, before a fault takes its effect on the reply.
#[derive(Debug)]
pub(crate) struct Performed<R> {
    pub(crate) result: Result<R>,
    pub(crate) fault: Option<Fault>,
    /// Held until the reply is on its way.
    pub(crate) place: Option<Place>,
    /// Of the call in the record.
    #[cfg_attr(not(feature = "serve"), expect(dead_code, reason = "served calls are weighed"))]
    pub(crate) number: u64,
}

/// A call on its way.
struct Call<O> {
    request: Arc<O>,
    fault: Option<Fault>,
    replayed: bool,
    is_kept: bool,
}

impl Fake {
    /// Serves a request and records it. Calls that touch the same things are recorded in the order
    /// in which they did; so the record is one order in which all of them, one after another,
    /// would have had the same effects.
    ///
    /// A stored reply is told instead of serving the request again; with a ticket the reply is
    /// stored together with the change.
    pub(crate) fn perform<O: Execute>(&self, request: O, claim: &Claim) -> Performed<O::Reply> {
        let (stored, ticket) = (claim.stored(), claim.ticket());
        let (place, fault, refusal) = match Place::take(self, request.subjects()) {
            Ok(place) => {
                let fault = self.strike(&request);
                let refusal = fault.as_ref().and_then(|fault| fault.refusal(&request));
                (Some(place), fault, refusal)
            }
            Err(refusal) => (None, None, Some(refusal)),
        };
        let call = Call {
            request: Arc::new(request),
            fault,
            replayed: stored.is_some(),
            is_kept: self.log().keeps_any(),
        };
        let outcome = match (refusal, &call.fault, stored) {
            (Some(refusal), ..) => Some(Outcome::Refused(refusal)),
            (None, Some(fault), _) if !fault.applies_change() => Some(Outcome::NotServed),
            (None, _, stored) => stored.map(outcome_of::<O>),
        };
        let (result, number) = if let Some(outcome) = outcome {
            let entry = call.entry(self.state().now(), || outcome.clone());
            (result_of::<O>(outcome), self.log().record(entry))
        } else {
            self.answer(&call, ticket)
        };
        Performed { result, fault: call.fault, place, number }
    }

    /// What the service answers, and the number of the call.
    fn answer<O: Execute>(
        &self,
        call: &Call<O>,
        ticket: Option<&Ticket>,
    ) -> (Result<O::Reply>, u64) {
        let mut number = 0;
        let prepare = |at, result: &Result<O::Reply, ApiError>| {
            let entry = call.entry(at, || match result {
                Ok(reply) => Outcome::Replied(reply.clone()),
                Err(refusal) => Outcome::Refused(refusal.clone()),
            });
            (entry, ticket.and_then(|ticket| Some((ticket, http_of::<O>(result)?))))
        };
        let result = self.run(&*call.request, prepare, |(entry, stored)| {
            number = self.log().record(entry);
            if let Some((ticket, reply)) = stored {
                ticket.store(reply);
            }
        });
        if ticket.is_some() {
            self.changed();
        }
        (result.map_err(|refusal| O::with_operation(refusal.into())), number)
    }

    /// A call in process: what goes wrong on the wire becomes the error a client would report.
    async fn call<O: Execute>(&self, request: O) -> Result<O::Reply> {
        request.check()?;
        let Performed { result, fault, place, .. } = self.perform(request, &Claim::NoKey);
        let Some(fault) = fault else { return result };
        fault.wait().await;
        drop(place);
        fault.befall::<O>(result)
    }
}

impl<O: Execute> Call<O> {
    /// The call for the record.
    fn entry(&self, at: Timestamp, outcome: impl FnOnce() -> Outcome<O::Reply>) -> Entry {
        if !self.is_kept {
            return Entry::unkept::<O>();
        }
        let request = Arc::clone(&self.request);
        let (dry, fault, replayed) = (request.is_dry(), self.fault.clone(), self.replayed);
        Entry::of(Made { at, dry, request, outcome: outcome(), fault, replayed })
    }
}

/// The reply as it travels; `None` when it cannot.
fn http_of<O: Operation>(result: &Result<O::Reply, ApiError>) -> Option<Response<Bytes>> {
    match result {
        Ok(reply) => O::reply_to_http(reply).ok(),
        Err(refusal) => Some(refusal.to_http()),
    }
}

/// The outcome that a stored reply tells of.
fn outcome_of<O: Operation>(stored: &Response<Bytes>) -> Outcome<O::Reply> {
    match O::reply_from_http(stored.clone()).map_err(Error::into_api) {
        Ok(reply) => Outcome::Replied(reply),
        Err(Ok(refusal)) => Outcome::Refused(refusal),
        // A reply that was written by this code and cannot be read back.
        Err(Err(_)) => Outcome::NotServed,
    }
}

fn result_of<O: Operation>(outcome: Outcome<O::Reply>) -> Result<O::Reply> {
    match outcome {
        Outcome::Replied(reply) => Ok(reply),
        Outcome::Refused(refusal) => Err(O::with_operation(refusal.into())),
        Outcome::NotServed => Err(Error::unimplemented(O::INFO.id)),
    }
}

talon_core::implement_api!(for Fake, |fake, request| fake.call(request).await);
