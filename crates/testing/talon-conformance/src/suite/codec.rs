//! The codec of each operation by its id, for files of JSON.

use bytes::Bytes;
use http::{Request, Response};
use talon_core::{Operation, OperationInfo, Result, for_each_operation, operations};

/// Decodes and encodes the requests and replies of an operation.
#[derive(Clone, Copy, Debug)]
pub struct Codec {
    /// The operation.
    pub info: &'static OperationInfo,
    request: fn(&Request<Bytes>) -> Result<Request<Bytes>>,
    reply: fn(Response<Bytes>) -> Result<Response<Bytes>>,
}

impl Codec {
    /// The codec of the operation with this id.
    pub fn of(operation: &str) -> Option<&'static Self> {
        CODECS.iter().find(|codec| codec.info.id == operation)
    }

    /// All codecs, in the order of the operations.
    pub fn all() -> &'static [Self] {
        CODECS
    }

    /// Decodes a request as a server, and encodes it again as a client.
    ///
    /// # Errors
    /// The error of the operation for an invalid request.
    pub fn request_again(&self, request: &Request<Bytes>) -> Result<Request<Bytes>> {
        (self.request)(request)
    }

    /// Decodes a reply as a client, and encodes it again as a server.
    ///
    /// # Errors
    /// The error of the operation for an invalid reply or a refusal.
    pub fn reply_again(&self, reply: Response<Bytes>) -> Result<Response<Bytes>> {
        (self.reply)(reply)
    }
}

fn request<O: Operation>(request: &Request<Bytes>) -> Result<Request<Bytes>> {
    O::from_http(request)?.to_http()
}

fn reply<O: Operation>(reply: Response<Bytes>) -> Result<Response<Bytes>> {
    O::reply_to_http(&O::reply_from_http(reply)?)
}

macro_rules! declare_codecs {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        static CODECS: &[Codec] = &[ $( Codec {
            info: operations::$request::INFO,
            request: request::<operations::$request>,
            reply: reply::<operations::$request>,
        }, )+ ];
    };
}

for_each_operation!(declare_codecs);
