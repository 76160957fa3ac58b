//! Payloads by the name of their operation or model.

use bytes::Bytes;
use http::{Response, StatusCode};
use talon_core::document::{Document, MODELS, ModelCodec, model_codec};
use talon_core::operation::RequestReader;
use talon_core::{Error, OPERATIONS, Operation, OperationInfo, for_each_operation, operations};

/// Decodes the document and encodes it again.
type Codec = fn(&Document<'_>) -> Result<String, Error>;

/// A payload with a name.
#[derive(Debug)]
pub(super) enum Payload {
    Operation(Codec),
    Model(ModelCodec),
}

impl Payload {
    /// The body of a request of this operation.
    pub(super) fn request(operation: &str) -> Option<Self> {
        let info = OPERATIONS.iter().find(|info| info.has_body && info.id == operation)?;
        codecs(info.id).map(|(request, _)| Self::Operation(request))
    }

    /// A successful reply of this operation, or a model.
    pub(super) fn reply_or_model(name: &str) -> Option<Self> {
        let reply = OPERATIONS.iter().find(|info| info.id == name && has_reply(info));
        let reply = reply.and_then(|info| codecs(info.id));
        let reply = reply.map(|(_, reply)| Self::Operation(reply));
        reply.or_else(|| model_codec(name).map(Self::Model))
    }

    /// All names that can be given.
    pub(super) fn names(is_request: bool) -> Vec<&'static str> {
        let fits =
            |info: &&&OperationInfo| if is_request { info.has_body } else { has_reply(info) };
        let operations = OPERATIONS.iter().filter(fits).map(|info| info.id);
        let models: &[&str] = if is_request { &[] } else { MODELS };
        operations.chain(models.iter().copied()).collect()
    }

    /// The payload as this version understands it; an error says what does not fit, and where.
    pub(super) fn decode(&self, document: &Document<'_>) -> Result<String, Error> {
        match self {
            Self::Operation(codec) => codec(document),
            Self::Model(codec) => model(document, *codec),
        }
    }
}

fn has_reply(info: &OperationInfo) -> bool {
    info.success.iter().any(|status| *status != StatusCode::NO_CONTENT)
}

macro_rules! declare_codecs {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        /// Codecs of the request and the reply of an operation.
        fn codecs(id: &str) -> Option<(Codec, Codec)> {
            $(
                if id == operations::$request::INFO.id {
                    return Some((
                        request::<operations::$request>,
                        reply::<operations::$request>,
                    ));
                }
            )+
            None
        }
    };
}
for_each_operation!(declare_codecs);

fn request<O: Operation>(document: &Document<'_>) -> Result<String, Error> {
    // Parameters of paths are ids: this one fits all of them.
    let value = |name: &str| O::INFO.path_params().any(|param| param == name).then_some("1");
    let reader = RequestReader::from_document(O::INFO, value, document);
    let request = O::read(&reader)?;
    let request = request.to_http()?;
    Ok(String::from_utf8_lossy(request.body()).into_owned())
}

fn reply<O: Operation>(document: &Document<'_>) -> Result<String, Error> {
    let mut response = Response::new(Bytes::copy_from_slice(document.text().as_bytes()));
    let status = O::INFO.success.iter().find(|status| **status != StatusCode::NO_CONTENT);
    *response.status_mut() = status.copied().unwrap_or_default();
    let reply = O::reply_from_http(response)?;
    let response = O::reply_to_http(&reply)?;
    Ok(String::from_utf8_lossy(response.body()).into_owned())
}

fn model(document: &Document<'_>, codec: ModelCodec) -> Result<String, Error> {
    let json = codec(document.text().as_bytes())?;
    Ok(String::from_utf8_lossy(&json).into_owned())
}
