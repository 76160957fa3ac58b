//! How a call runs: a place, a fault perhaps, the service, the record.

use http::Response;
use talon_core::api::ReplyOf;
use talon_core::{
    ApiError, Error, IntegrationApi, Operation, Result, async_trait, for_each_operation,
};

use super::Fake;
use crate::calls::{Made, Outcome};
use crate::fault::Fault;
use crate::parallel::Place;
use crate::service::Serve;
use crate::state::{State, Transaction};

/// What came of a call, before a fault takes its effect on the reply.
#[derive(Debug)]
pub(crate) struct Performed<R> {
    pub(crate) result: Result<R>,
    pub(crate) fault: Option<Fault>,
    /// Held until the reply is on its way.
    pub(crate) place: Option<Place>,
}

/// The reply to an earlier request with the same `Idempotency-Key`.
pub(crate) type Stored = Response<bytes::Bytes>;

impl Fake {
    /// Serves a request and records it, order of one being the order of the other.
    pub(crate) fn perform<O: Serve>(
        &self,
        request: O,
        stored: Option<&Stored>,
    ) -> Performed<O::Reply> {
        let (place, fault, refusal) = match Place::take(self, request.subjects()) {
            Ok(place) => {
                let fault = self.script().strike(&request);
                let refusal = fault.as_ref().and_then(Fault::refusal);
                (Some(place), fault, refusal)
            }
            Err(refusal) => (None, None, Some(refusal)),
        };
        let keeps = self.log().keeps_any();
        let (dry, kept) = (request.is_dry(), keeps.then(|| request.clone()));
        let mut state = self.state();
        let outcome = match (refusal, &fault) {
            (Some(refusal), _) => Outcome::Refused(refusal),
            (None, Some(fault)) if !fault.applies_change() => Outcome::NotServed,
            _ => self.answer(&mut state, request, stored),
        };
        if let Some(request) = kept {
            let (outcome, fault) = (outcome.clone(), fault.clone());
            let replayed = stored.is_some();
            let made = Made { at: state.now, dry, request, outcome, fault, replayed };
            self.log().record(made);
        }
        drop(state);
        Performed { result: result_of::<O>(outcome), fault, place }
    }

    fn answer<O: Serve>(
        &self,
        state: &mut State,
        request: O,
        stored: Option<&Stored>,
    ) -> Outcome<O::Reply> {
        let result = match stored {
            Some(stored) => O::reply_from_http(stored.clone()).map_err(Error::into_api),
            None => run(state, request).map_err(Ok),
        };
        match result {
            Ok(reply) => {
                self.changed();
                Outcome::Replied(reply)
            }
            Err(Ok(refusal)) => Outcome::Refused(refusal),
            // A reply that was written by this code and cannot be read back.
            Err(Err(_)) => Outcome::NotServed,
        }
    }

    /// A call in process: what goes wrong on the wire becomes the error a client would report.
    async fn call<O: Serve>(&self, request: O) -> Result<O::Reply> {
        request.check()?;
        let Performed { result, fault, place } = self.perform(request, None);
        let Some(fault) = fault else { return result };
        fault.wait().await;
        drop(place);
        fault.befall::<O>(result)
    }
}

fn run<O: Serve>(state: &mut State, request: O) -> Result<O::Reply, ApiError> {
    let is_dry = request.is_dry();
    let mut transaction = Transaction::new(state);
    let reply = request.serve(&mut transaction)?;
    let changes = transaction.finish();
    if !is_dry {
        state.apply(changes);
    }
    Ok(reply)
}

fn result_of<O: Operation>(outcome: Outcome<O::Reply>) -> Result<O::Reply> {
    match outcome {
        Outcome::Replied(reply) => Ok(reply),
        Outcome::Refused(refusal) => Err(O::named(refusal.into())),
        Outcome::NotServed => Err(Error::unimplemented(O::INFO.id)),
    }
}

macro_rules! implement_fake {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        #[async_trait]
        #[deny(clippy::missing_trait_methods)]
        impl IntegrationApi for Fake {
            $(
                async fn $method(
                    &self,
                    request: talon_core::operations::$request,
                ) -> Result<ReplyOf<talon_core::operations::$request>> {
                    self.call(request).await
                }
            )+
        }
    };
}

for_each_operation!(implement_fake);
