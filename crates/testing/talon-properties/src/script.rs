//! Requests as text.
//!
//! ```text
//! PUT /v2/customer_sessions/cart-1?dry=true
//! {"customerSession": {"couponCodes": ["SUMMER10"]}}
//!
//! GET /v1/customer_profiles/anna/inventory?coupons=true
//! ```
//!
//! The first line of a request is its method and target; everything up to the next empty line is
//! its body. Text that is not a request is ignored.

use bytes::Bytes;
use http::{Method, Request, Uri};

/// Reads every request of a script, in order.
pub(crate) fn read(script: &[u8]) -> Vec<Request<Bytes>> {
    let mut requests = Vec::new();
    let mut rest = script;
    while !rest.is_empty() {
        let (text, after) = split_at_pattern(rest, b"\n\n");
        requests.extend(request(text));
        rest = after;
    }
    requests
}

fn request(text: &[u8]) -> Option<Request<Bytes>> {
    let (line, body) = split_at_pattern(text, b"\n");
    let (method, target) = split_at_pattern(line, b" ");
    let mut request = Request::new(Bytes::copy_from_slice(body));
    *request.method_mut() = Method::from_bytes(method).ok()?;
    *request.uri_mut() = Uri::try_from(target).ok()?;
    Some(request)
}

/// The bytes before and after `pattern`; without `pattern` all bytes and none.
fn split_at_pattern<'a>(bytes: &'a [u8], pattern: &[u8]) -> (&'a [u8], &'a [u8]) {
    match bytes.windows(pattern.len()).position(|window| window == pattern) {
        Some(at) => (&bytes[..at], &bytes[at + pattern.len()..]),
        None => (bytes, &[]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_read_in_order_with_their_bodies() {
        let requests = read(b"PUT /a?b=c\n{\n}\n\nnonsense\n\nGET /d");

        let targets: Vec<_> = requests.iter().map(|request| request.uri().to_string()).collect();
        assert_eq!(targets, ["/a?b=c", "/d"]);
        assert_eq!(requests[0].body(), "{\n}");
        assert_eq!(requests[1].method(), Method::GET);
    }
}
