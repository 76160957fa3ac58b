//! A client that sends scripted bytes.

use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Far more than any test needs; what takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(3);

pub(crate) struct Client {
    stream: TcpStream,
    /// What was received and not looked at yet.
    received: Vec<u8>,
}

#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Client {
    pub(crate) async fn connect(address: SocketAddr) -> Self {
        let stream = soon(TcpStream::connect(address)).await.unwrap();
        Self { stream, received: Vec::new() }
    }

    pub(crate) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        soon(self.stream.write_all(bytes.as_ref())).await.unwrap();
    }

    /// Sends as much as the server takes.
    pub(crate) async fn try_send(&mut self, bytes: impl AsRef<[u8]>) {
        let _ = soon(self.stream.write_all(bytes.as_ref())).await;
    }

    pub(crate) async fn finish_sending(&mut self) {
        soon(self.stream.shutdown()).await.unwrap();
    }

    /// Sends a request without a body and returns its reply.
    pub(crate) async fn request(&mut self, method: &str, target: &str, headers: &str) -> Reply {
        self.send(format!("{method} {target} HTTP/1.1\r\nHost: test\r\n{headers}\r\n")).await;
        self.reply().await
    }

    /// The next reply with its body.
    pub(crate) async fn reply(&mut self) -> Reply {
        let mut reply = self.head().await;
        let length = reply.header("content-length").map_or(0, |length| length.parse().unwrap());
        while self.received.len() < length {
            assert!(self.receive().await, "the body broke off");
        }
        reply.body = String::from_utf8(self.received.drain(..length).collect()).unwrap();
        reply
    }

    /// The head of the next reply.
    pub(crate) async fn head(&mut self) -> Reply {
        let end = loop {
            let end = self.received.windows(4).position(|window| window == b"\r\n\r\n");
            if let Some(end) = end {
                break end + 4;
            }
            assert!(self.receive().await, "closed without a reply");
        };
        let head = String::from_utf8(self.received.drain(..end).collect()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Reply { status, head, body: String::new() }
    }

    /// What arrives until the server closes the connection.
    pub(crate) async fn rest(&mut self) -> String {
        while self.receive().await {}
        String::from_utf8(std::mem::take(&mut self.received)).unwrap()
    }

    async fn receive(&mut self) -> bool {
        // A reset is an end as well.
        soon(self.stream.read_buf(&mut self.received)).await.is_ok_and(|count| count > 0)
    }
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    /// Asserts a refusal: JSON with this status and a message.
    #[track_caller]
    pub(crate) fn assert_refusal(&self, status: u16, message: &str) {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.header("content-type"), Some("application/json"));
        assert!(self.body.starts_with(r#"{"message":""#), "{self:?}");
        assert!(self.body.contains(message), "{self:?}");
    }
}

/// The outcome, which must not take long.
pub(crate) async fn soon<F: Future>(future: F) -> F::Output {
    timeout(PATIENCE, future).await.expect("the server hangs")
}
