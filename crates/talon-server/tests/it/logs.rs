//! Tracing events, and what they must not contain.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use tracing_subscriber::fmt;
use tracing_subscriber::fmt::MakeWriter;

use crate::client::Client;
use crate::test_services::{DELETE, KEY, keyed};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
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

#[tokio::test]
async fn events_have_the_operation_and_no_secrets() {
    let log = Log::default();
    let subscriber = fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let (server, _) = keyed().await;
    let mut client = Client::connect(server.local_addr()).await;

    client.request("DELETE", DELETE, KEY).await;
    client.request("DELETE", DELETE, "Authorization: ApiKey-v1 5ec4e7\r\n").await;
    client.request("SECRET", "/secret?secret=secret", "X: secret\r\n").await;
    client.send("secret\r\n\r\n").await;
    client.rest().await;

    let log = log.text();
    assert!(log.contains("deleteCustomerData"), "{log}");
    assert!(log.contains("/v1/customer_data/{integrationId}"), "{log}");
    assert!(log.contains("status=204") && log.contains("status=401"), "{log}");
    for secret in ["anna", "c0ffee", "5ec4e7", "secret", "SECRET"] {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
}
