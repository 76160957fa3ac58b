//! An operation that sends its body and returns its reply byte for byte.

use bytes::Bytes;
use talon_core::operation::{RequestReader, RequestWriter, Subject};
use talon_core::{Operation, OperationInfo, RawJson, Result};

/// Sends the body of the command line unchanged, and returns the reply as raw JSON.
///
/// Path, query, authentication, retries and deadline are those of the operation; only the codec of
/// the two bodies is skipped, so that every digit and every unknown member is kept.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct VerbatimOperation<O> {
    operation: O,
    body: Option<Bytes>,
}

impl<O: Operation> VerbatimOperation<O> {
    /// Sends `body`, or the operation's own body when there is none.
    pub(super) fn new(operation: O, body: Option<&str>) -> Self {
        Self { operation, body: body.map(|body| Bytes::copy_from_slice(body.as_bytes())) }
    }
}

impl<O: Operation> Operation for VerbatimOperation<O> {
    type Reply = RawJson;

    const INFO: &'static OperationInfo = O::INFO;

    fn write(&self, request: &mut RequestWriter) -> Result<()> {
        self.operation.write(request)
    }

    fn read(request: &RequestReader<'_>) -> Result<Self> {
        Ok(Self { operation: O::read(request)?, body: None })
    }

    fn subjects(&self) -> Vec<Subject> {
        self.operation.subjects()
    }

    fn to_http(&self) -> Result<http::Request<Bytes>> {
        let mut request = self.operation.to_http()?;
        if let Some(body) = &self.body {
            *request.body_mut() = body.clone();
        }
        Ok(request)
    }
}
