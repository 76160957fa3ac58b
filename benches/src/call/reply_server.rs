//! A server that sends the same reply to every request.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

use talon_samples::session_reply;

/// A server that does not look at requests, so that its time is always the same.
#[derive(Debug)]
pub struct ReplyServer {
    listener: TcpListener,
    reply: Vec<u8>,
}

impl ReplyServer {
    /// Listens on a free port of the loopback interface; replies to the
    /// [`request`](super::request).
    ///
    /// # Errors
    /// When there is no port.
    pub fn bind() -> io::Result<Self> {
        let body = session_reply(10);
        let mut reply = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
             date: Sun, 01 Mar 2026 09:00:00 GMT\r\n\r\n",
            body.len()
        )
        .into_bytes();
        reply.extend_from_slice(&body);
        Ok(Self { listener: TcpListener::bind(("127.0.0.1", 0))?, reply })
    }

    /// Address that it listens on.
    ///
    /// # Errors
    /// The error of the system.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves on background threads until the process ends.
    pub fn spawn(self) {
        thread::spawn(move || {
            for stream in self.listener.incoming().flatten() {
                let reply = self.reply.clone();
                // A client that leaves ends its connection.
                thread::spawn(move || answer(&stream, &reply).is_ok());
            }
        });
    }
}

fn answer(mut stream: &TcpStream, reply: &[u8]) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut requests = BufReader::new(stream);
    while let Some(length) = head(&mut requests)? {
        io::copy(&mut (&mut requests).take(length), &mut io::sink())?;
        stream.write_all(reply)?;
    }
    Ok(())
}

/// Reads the head of a request; how long its body is, or `None` when there is no further request.
fn head(requests: &mut impl BufRead) -> io::Result<Option<u64>> {
    let mut length = 0;
    let mut line = String::new();
    while requests.read_line(&mut line)? > 0 {
        if line == "\r\n" {
            return Ok(Some(length));
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
        line.clear();
    }
    Ok(None)
}
