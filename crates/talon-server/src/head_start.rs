//! The beginning of the head of a request, for the log of requests that no service sees.

use http::{Method, Uri};

/// How many bytes are kept: method, and the path of most requests.
const MAX_BYTES: usize = 512;

/// The first line of a head that is being read. Its headers, which may hold keys, are not kept.
#[derive(Debug, Default)]
pub(crate) struct HeadStart {
    line: Vec<u8>,
    is_complete: bool,
}

impl HeadStart {
    /// Forgets a head that was read.
    pub(crate) fn clear(&mut self) {
        self.line.clear();
        self.is_complete = false;
    }

    /// Takes bytes that arrived.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        if self.is_complete {
            return;
        }
        let fitting = &bytes[..bytes.len().min(MAX_BYTES - self.line.len())];
        let end = fitting.iter().position(|byte| *byte == b'\n');
        self.line.extend_from_slice(&fitting[..end.unwrap_or(fitting.len())]);
        self.is_complete = end.is_some() || self.line.len() == MAX_BYTES;
    }

    /// Method and target; a target that is too long is cut. `None` of what is not valid HTTP.
    pub(crate) fn request_line(&self) -> Option<(Method, Uri)> {
        let mut words = self.line.trim_ascii_end().split(|byte| *byte == b' ');
        let method = Method::from_bytes(words.next()?).ok()?;
        let target = Uri::try_from(words.next()?).ok()?;
        Some((method, target))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(head: &str) -> Option<(String, String)> {
        let mut start = HeadStart::default();
        // It may arrive in any parts.
        head.as_bytes().chunks(7).for_each(|part| start.push(part));
        start.request_line().map(|(method, uri)| (method.to_string(), uri.to_string()))
    }

    #[test]
    fn method_and_path_are_known_before_the_head_is_whole() {
        let expected = Some(("PUT".to_owned(), "/v2/customer_sessions/a?dry=true".to_owned()));

        assert_eq!(line("PUT /v2/customer_sessions/a?dry=true HTTP/1.1\r\nHo"), expected);
        assert_eq!(line("PUT /v2/customer_sessions/a?dry=true"), expected);
    }

    #[test]
    fn a_long_path_is_cut() {
        let path = format!("/{}", "x".repeat(2 * MAX_BYTES));

        let (_, cut) = line(&format!("GET {path} HTTP/1.1\r\n\r\n")).expect("it is HTTP");

        assert_eq!(cut, path[..MAX_BYTES - "GET ".len()]);
    }

    #[test]
    fn what_is_no_http_has_neither() {
        for head in ["", "\r\n", "secret\r\n\r\n", "\u{16}\u{3}\u{1} \u{2}", "GET  HTTP/1.1"] {
            assert_eq!(line(head), None, "{head:?}");
        }
    }
}
