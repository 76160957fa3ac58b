//! Gives refusals of hyper itself the JSON body that all refusals of the API have.
//!
//! hyper refuses malformed requests before any service sees them, with an empty body.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::{io, str};

use http::StatusCode;
use talon_core::ApiError;
use tokio::io::AsyncWrite;
use tokio::net::TcpStream;

/// A rewritten refusal that is being written; empty when there is none.
#[derive(Debug, Default)]
pub(crate) struct RefusalRewriter(Vec<u8>);

impl RefusalRewriter {
    /// Rewrites `written` when it is a refusal of hyper, a head without a body; returns its status.
    ///
    /// Call it only while the service handles no request: then hyper itself makes the replies.
    pub(crate) fn intercept(&mut self, written: &[u8]) -> Option<StatusCode> {
        let (status, reply) = rewrite(written)?;
        self.0 = reply;
        Some(status)
    }

    /// Writes the refusal; ready once all of it is written.
    pub(crate) fn poll_write(
        &mut self,
        stream: &mut TcpStream,
        context: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        while !self.0.is_empty() {
            let written = ready!(Pin::new(&mut *stream).poll_write(context, &self.0))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.0.drain(..written);
        }
        Poll::Ready(Ok(()))
    }
}

/// The same status line with a JSON body; `None` when `written` is no refusal of hyper.
fn rewrite(written: &[u8]) -> Option<(StatusCode, Vec<u8>)> {
    let head = str::from_utf8(written).ok()?;
    let (start, _) = head.split_once("\r\n")?;
    let code = start.strip_prefix("HTTP/1.1 ")?.get(..3)?;
    let status = StatusCode::from_bytes(code.as_bytes()).ok()?;
    let message = match status {
        StatusCode::BAD_REQUEST => "Bad request: this is no valid HTTP",
        StatusCode::URI_TOO_LONG => "URI too long",
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => "The head of the request is too large",
        _ => return None,
    };
    let has_no_body = head.ends_with("\r\n\r\n") && head.contains("\r\ncontent-length: 0\r\n");
    if !has_no_body {
        return None;
    }
    let refusal = ApiError::new(status, message);
    let (body, length) = (refusal.body(), refusal.body().len());
    let mut reply = format!(
        "{start}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
         connection: close\r\n\r\n"
    )
    .into_bytes();
    reply.extend_from_slice(body);
    Some((status, reply))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_of_hyper_gets_a_body() {
        let head = b"HTTP/1.1 414 URI Too Long\r\ncontent-length: 0\r\ndate: now\r\n\r\n";

        let (status, reply) = rewrite(head).unwrap();
        let reply = String::from_utf8(reply).unwrap();

        assert_eq!(status, StatusCode::URI_TOO_LONG);
        assert!(reply.starts_with("HTTP/1.1 414 URI Too Long\r\n"), "{reply}");
        assert!(
            reply.ends_with(r#"{"message":"URI too long","errors":[],"StatusCode":414}"#),
            "{reply}"
        );
    }

    #[test]
    fn everything_else_is_left_alone() {
        for written in [
            &b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"[..],
            b"HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\n\r\n{}",
            b"\r\n{}",
            b"\xFF",
            b"",
        ] {
            assert_eq!(rewrite(written), None);
        }
    }
}
