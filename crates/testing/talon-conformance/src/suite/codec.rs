//! Every operation's codec by the operation's name, for files of JSON.

use bytes::Bytes;
use http::{Request, Response};
use talon_core::{Operation, OperationInfo, Result, for_each_operation, operations};

/// Reads what travels and writes it again.
#[derive(Clone, Copy, Debug)]
pub struct Codec {
    /// The operation.
    pub info: &'static OperationInfo,
    request: fn(&Request<Bytes>) -> Result<Request<Bytes>>,
    reply: fn(Response<Bytes>) -> Result<Response<Bytes>>,
}

impl Codec {
    /// The codec of the operation of this name.
    pub fn of(operation: &str) -> Option<&'static Self> {
        CODECS.iter().find(|codec| codec.info.id == operation)
    }

    /// Every codec, in the order of the operations.
    pub fn all() -> &'static [Self] {
        CODECS
    }

    /// The request as a client would send it after a server read it.
    ///
    /// # Errors
    /// What the operation says of a request that does not fit.
    pub fn request_again(&self, request: &Request<Bytes>) -> Result<Request<Bytes>> {
        (self.request)(request)
    }

    /// The reply as a server would send it after a client read it.
    ///
    /// # Errors
    /// What the operation says of a reply that does not fit, and every refusal.
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
