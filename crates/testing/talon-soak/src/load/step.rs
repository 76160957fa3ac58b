//! A request of a scenario, encoded once.

use std::fmt::Write;

use bytes::Bytes;
use http::Request;
use talon_core::auth::API_KEY_PREFIX;
use talon_core::dispatch::dispatch;
use talon_core::operation::IDEMPOTENCY_KEY;
use talon_core::{Operation, Result};
use talon_fake::Fake;

/// Placeholder for the id of the customer; ids have the same length.
pub(super) const PLACEHOLDER: &str = "customer-00000000";
/// API key of the demo world.
const KEY: &str = "demo-key";
/// Digits of a customer's number.
const DIGITS: usize = 8;

#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) operation: &'static str,
    /// The expected status of the reply.
    pub(super) status: u16,
    request: Request<Bytes>,
    bytes: Vec<u8>,
    /// Positions of the customer's id in `bytes`.
    offsets: Vec<usize>,
}

impl Step {
    pub(super) fn new<O: Operation>(operation: &O, status: u16) -> Result<Self> {
        let request = operation.to_http()?;
        let body = str::from_utf8(request.body()).expect("JSON is UTF-8");
        let mut text = format!("{} {} HTTP/1.1\r\n", request.method(), request.uri());
        for (name, value) in request.headers() {
            let value = value.to_str().expect("the codec writes ASCII");
            write!(text, "{name}: {value}\r\n").expect("writing to a string does not fail");
        }
        // Closing a session carries an idempotency key, as the clients of this workspace send it.
        if O::INFO.idempotency_key && body.contains("\"closed\"") {
            write!(text, "{IDEMPOTENCY_KEY}: {PLACEHOLDER}\r\n")
                .expect("writing to a string does not fail");
        }
        let length = body.len();
        write!(
            text,
            "host: localhost\r\nauthorization: {API_KEY_PREFIX} {KEY}\r\n\
             content-length: {length}\r\n\r\n{body}"
        )
        .expect("writing to a string does not fail");
        let offsets = text.match_indices(PLACEHOLDER).map(|(at, _)| at).collect();
        Ok(Self { operation: O::INFO.id, status, request, bytes: text.into_bytes(), offsets })
    }

    /// The request for the customer with this number, of which the last eight digits are used.
    pub(super) fn request_for(&mut self, customer: u64) -> &[u8] {
        let mut digits = [b'0'; DIGITS];
        let mut rest = customer;
        for digit in digits.iter_mut().rev() {
            *digit = b"0123456789"[usize::try_from(rest % 10).expect("a digit")];
            rest /= 10;
        }
        for offset in &self.offsets {
            let end = offset + PLACEHOLDER.len();
            self.bytes[end - DIGITS..end].copy_from_slice(&digits);
        }
        &self.bytes
    }

    /// The status of the reply of `fake` to the request for the customer with this number.
    pub(super) async fn send(&self, fake: &Fake, customer: u64) -> u16 {
        let id = format!("customer-{customer:08}");
        let uri = self.request.uri().to_string().replace(PLACEHOLDER, &id);
        let body = str::from_utf8(self.request.body()).expect("JSON is UTF-8");
        let mut request = self.request.clone();
        *request.uri_mut() = uri.parse().expect("another id does not change the syntax");
        *request.body_mut() = body.replace(PLACEHOLDER, &id).into();
        dispatch(fake, &request).await.status().as_u16()
    }
}

#[cfg(test)]
mod tests {
    use talon_core::operations::DeleteCustomerData;

    use super::*;

    #[test]
    fn the_number_of_the_customer_is_patched_in() {
        let mut step = Step::new(&DeleteCustomerData::new(PLACEHOLDER), 204).unwrap();

        let text = String::from_utf8(step.request_for(1_234).to_vec()).unwrap();

        assert!(text.starts_with("DELETE /v1/customer_data/customer-00001234 HTTP/1.1\r\n"));
    }
}
