//! A fake as one request over HTTP sees it.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http::Response;
use talon_core::Result;

use super::idempotency::claim;
use crate::Fake;
use crate::control::faults::Fault;
use crate::fake::{Executed, Permit};
use crate::operations::Execute;

/// Serves one request as the service would, and remembers what shall go wrong with its reply.
#[derive(Debug)]
pub(super) struct Wire {
    fake: Fake,
    /// The request's `Idempotency-Key`.
    key: Option<String>,
    met: Mutex<Option<Met>>,
}

/// What a request met on its way.
#[derive(Debug)]
pub(super) struct Met {
    pub(super) fault: Option<Fault>,
    /// `None` when there was none left.
    pub(super) permit: Option<Permit>,
    /// Of the call in the record.
    pub(super) number: u64,
    /// The reply to the first request with its key, where it was a repeat.
    pub(super) stored: Option<Response<Bytes>>,
}

impl Wire {
    pub(super) fn new(fake: Fake, key: Option<String>) -> Self {
        Self { fake, key, met: Mutex::default() }
    }

    /// What the request met; `None` when it could not be read, or one with the same key is under
    /// way, so that nobody was called.
    pub(super) fn met(self) -> Option<Met> {
        self.met.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn call<O: Execute>(&self, request: O) -> Result<O::Reply> {
        let claim = claim(&self.fake, &request, self.key.as_deref())?;
        let Executed { result, fault, permit, number } = self.fake.execute(request, &claim);
        let stored = claim.stored().cloned();
        let mut met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        *met = Some(Met { fault, permit, number, stored });
        result
    }
}

impl Met {
    /// Whether the service answered, whatever became of the answer.
    pub(super) fn was_served(&self) -> bool {
        self.permit.is_some() && self.fault.as_ref().is_none_or(Fault::applies_change)
    }
}

talon_core::implement_api!(for Wire, |wire, request| wire.call(request));
