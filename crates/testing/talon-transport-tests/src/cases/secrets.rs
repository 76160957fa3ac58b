//! What nobody else gets to see, and what nobody else gets to say.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use talon_client::{ApplicationKey, Transport};
use talon_core::prelude::*;
use tracing_subscriber::fmt::MakeWriter;

use super::{Connect, client, config};
use crate::authority::Authority;
use crate::http2;
use crate::server::{Answer, Server};

/// Everything that was logged.
#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Neither the client nor any library below it logs a key, at the finest level, over either
/// version of HTTP.
pub async fn keys_are_in_no_trace<T: Transport>(connect: Connect<T>) {
    // Spans that another test's thread is just making known, without a subscriber, stay switched
    // off for ours; so they are made known before it is.
    call_over_both(connect).await;
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    call_over_both(connect).await;

    let log = String::from_utf8_lossy(&log.0.lock().expect("no test panics")).to_lowercase();
    assert!(log.contains("talon.call") && log.contains("h2::"), "little was logged");
    for secret in ["fefecafe", "c0ffee", "apikey-v1", "signature="] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}

/// A call with both keys over HTTP/1.1, and one over HTTP/2.
async fn call_over_both<T: Transport>(connect: Connect<T>) {
    let plain = Server::start(Answer::reply("200 OK", "{}")).await;
    let authority = Authority::new();
    let encrypted = http2::echo::start(authority.server("localhost", &["h2"])).await;
    for url in [plain.url(), encrypted] {
        let key = ApplicationKey::new("c0ffee00").expect("hexadecimal");
        let config = config(&url).root_certificates(authority.pem()).application_key(7, key);
        let client = connect(config).expect("a fit configuration");
        let request = UpdateCustomerSession::new("cart-1", NewCustomerSession::default());
        // Neither server answers as the operation promises.
        let _ = client.call(request).await;
    }
}

/// No id adds a line, a segment or a parameter to a request.
pub async fn ids_stay_ids<T: Transport>(connect: Connect<T>) {
    let server = Server::start(Answer::reply("200 OK", "{}")).await;
    let client = client(connect, &server);

    for id in
        ["a\r\nx-evil: 1\r\n\r\n", "a\0b", "../../v1/events", "a/../b", "a?dry=true#", "%0d%0a"]
    {
        client.call(GetCustomerInventory::new(id)).await.expect("a reply");
    }
    client.call(GetCustomerInventory::new("é".repeat(1000))).await.expect("a reply");
    let refused = client.call(GetCustomerInventory::new("x".repeat(100_000))).await;

    let requests = server.seen().requests;
    assert_eq!(requests.len(), 7);
    for request in requests {
        let path = request.line.strip_prefix("GET /v1/customer_profiles/").expect("the template");
        let id = path.strip_suffix("/inventory HTTP/1.1").expect("the template");
        assert!(!id.contains(['/', '?', '#', ' ']), "{id}");
        assert_eq!(request.header("x-evil"), None);
    }
    assert_eq!(refused.expect_err("too long for a URL").kind(), ErrorKind::Encode);
}
