//! How connections are made and kept.

use std::net::Ipv6Addr;
use std::time::Duration;

use talon_client::{RetryPolicy, Transport};
use talon_core::prelude::*;
use tokio::time::timeout;

use super::{Connect, client, config};
use crate::server::{Answer, Server};

/// Calls one after another share a connection, those of clones too.
pub async fn a_connection_is_used_again<T: Transport>(connect: Connect<T>) {
    let server = Server::start(Answer::reply("200 OK", "{}")).await;
    let client = client(connect, &server);

    for client in [client.clone(), client.clone(), client] {
        client.call(GetCustomerInventory::new("anna")).await.expect("a reply");
        // The connection goes back once its task has run.
        tokio::task::yield_now().await;
    }

    let seen = server.seen();
    assert_eq!((seen.connections, seen.requests.len()), (1, 3));
}

/// A call that is dropped leaves no request waiting for its reply, and no further attempt.
pub async fn a_dropped_call_hangs_up<T: Transport>(connect: Connect<T>) {
    let server = Server::start(Answer::Silence).await;
    let config = config(&server.url()).retry(RetryPolicy::default());
    let client = connect(config).expect("the configuration is fit");

    let call = client.call(GetCustomerInventory::new("anna"));
    timeout(Duration::from_millis(200), call).await.expect_err("silence");
    let hung_up = async {
        while server.seen().abandoned == 0 {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(10), hung_up).await.expect("the connection is closed");

    assert_eq!(server.seen().requests.len(), 1);
}

/// Addresses in brackets are connected to, where the machine has any.
pub async fn ipv6_is_spoken<T: Transport>(connect: Connect<T>) {
    let address = (Ipv6Addr::LOCALHOST, 0).into();
    let Ok(server) = Server::start_at(address, Answer::reply("200 OK", "{}")).await else {
        println!("skipped: this machine has no IPv6");
        return;
    };

    let reply = client(connect, &server).call(GetCustomerInventory::new("anna")).await;

    reply.expect("a reply");
    assert_eq!(server.request().header("host"), Some(server.address().to_string().as_str()));
}
