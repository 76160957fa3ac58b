//! Keys stay out of logs, and ids do not change requests.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use talon_client::{ApplicationKey, Transport};
use talon_core::prelude::*;
use tracing_subscriber::fmt::MakeWriter;

use super::{Connect, client, config};
use crate::authority::Authority;
use crate::http2;
use crate::server::{ScriptedReply, TestServer};

/// Collects the log.
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

/// Neither the client nor a library below it logs a key, at level trace, over both versions of
/// HTTP.
pub async fn logs_contain_no_keys<T: Transport>(connect: Connect<T>) {
    // tracing caches whether a call site is enabled. When another thread registers it without a
    // subscriber, it may stay disabled here, so all are registered first.
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
    let plain = TestServer::start(ScriptedReply::reply("200 OK", "{}")).await;
    let authority = Authority::new();
    let encrypted = http2::echo::start(authority.server("localhost", &["h2"])).await;
    for url in [plain.url(), encrypted] {
        let key = ApplicationKey::new("c0ffee00").expect("hexadecimal");
        let config = config(&url).root_certificates(authority.pem()).application_key(7, key);
        let client = connect(config).expect("a valid configuration");
        let request = UpdateCustomerSession::new("cart-1", NewCustomerSession::default());
        // Neither server replies as the operation promises.
        let _ = client.call(request).await;
    }
}

/// No id adds a header, a path segment or a query parameter to a request.
pub async fn ids_cannot_inject_lines_segments_or_parameters<T: Transport>(connect: Connect<T>) {
    let server = TestServer::start(ScriptedReply::reply("200 OK", "{}")).await;
    let client = client(connect, &server);

    for id in
        ["a\r\nx-evil: 1\r\n\r\n", "a\0b", "../../v1/events", "a/../b", "a?dry=true#", "%0d%0a"]
    {
        client.call(GetCustomerInventory::new(id)).await.expect("a reply");
    }
    client.call(GetCustomerInventory::new("é".repeat(1000))).await.expect("a reply");
    let refused = client.call(GetCustomerInventory::new("x".repeat(100_000))).await;

    let requests = server.log().requests;
    assert_eq!(requests.len(), 7);
    for request in requests {
        let path = request.line.strip_prefix("GET /v1/customer_profiles/").expect("the template");
        let id = path.strip_suffix("/inventory HTTP/1.1").expect("the template");
        assert!(!id.contains(['/', '?', '#', ' ']), "{id}");
        assert_eq!(request.header("x-evil"), None);
    }
    assert_eq!(refused.expect_err("too long for a URL").kind(), ErrorKind::Encode);
}
