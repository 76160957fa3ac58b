//! An operation whose body and reply keep every digit and every member.

use bytes::Bytes;
use talon_core::operation::{RequestReader, RequestWriter, Subject};
use talon_core::{Operation, OperationInfo, RawJson, Result};

/// An operation with its body as it was given, and the reply as it came.
///
/// Path, query, keys, retries and the deadline are those of the operation; only the body is not
/// written from its fields, and the reply not read into them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Verbatim<O> {
    operation: O,
    body: Option<Bytes>,
}

impl<O: Operation> Verbatim<O> {
    /// The operation with this body; with the one that it writes where none is given.
    pub(super) fn new(operation: O, body: Option<&str>) -> Self {
        Self { operation, body: body.map(|body| Bytes::copy_from_slice(body.as_bytes())) }
    }
}

impl<O: Operation> Operation for Verbatim<O> {
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
