//! Record of requests that are answered before they are decoded.

use http::{Method, StatusCode, Uri};
use talon_core::OperationInfo;

use crate::Fake;
use crate::control::calls::{LogEntry, UntypedCall};

/// Maximum number of characters of a path in the record.
const MAX_PATH: usize = 1000;

/// Records a request that was answered before it was decoded.
pub(super) fn record(
    fake: &Fake,
    operation: Option<&OperationInfo>,
    method: &Method,
    uri: &Uri,
    status: StatusCode,
) {
    let path = uri.path_and_query().map_or_else(|| uri.path(), |path| path.as_str());
    let at = fake.clock().now();
    let call = UntypedCall {
        at,
        operation: operation.map(|operation| operation.id),
        method: method.to_string(),
        path: path.chars().take(MAX_PATH).collect(),
        status,
    };
    fake.log().record(LogEntry::untyped(call));
}
