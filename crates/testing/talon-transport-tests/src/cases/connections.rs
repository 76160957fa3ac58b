//! Opening, reusing and closing connections.

use std::net::Ipv6Addr;
use std::time::Duration;

use talon_client::{RetryPolicy, Transport};
use talon_core::prelude::*;
use tokio::time::timeout;

use super::{Connect, client, config};
use crate::server::{ScriptedReply, TestServer};

/// Sequential calls share a connection, also across clones.
pub async fn a_connection_is_used_again<T: Transport>(connect: Connect<T>) {
    let server = TestServer::start(ScriptedReply::reply("200 OK", "{}")).await;
    let client = client(connect, &server);

    for client in [client.clone(), client.clone(), client] {
        client.call(GetCustomerInventory::new("anna")).await.expect("a reply");
        // The connection returns to the pool when its task runs.
        tokio::task::yield_now().await;
    }

    let log = server.log();
    assert_eq!((log.connections, log.requests.len()), (1, 3));
}

/// A dropped call closes its connection and makes no further attempt.
pub async fn a_dropped_call_closes_its_connection<T: Transport>(connect: Connect<T>) {
    let server = TestServer::start(ScriptedReply::Silence).await;
    let config = config(&server.url()).retry(RetryPolicy::default());
    let client = connect(config).expect("a valid configuration");

    let call = client.call(GetCustomerInventory::new("anna"));
    timeout(Duration::from_millis(200), call).await.expect_err("silence");
    let closed = async {
        while server.log().hung_up == 0 {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(10), closed).await.expect("the connection is closed");

    assert_eq!(server.log().requests.len(), 1);
}

/// IPv6 addresses in brackets work, where the machine has IPv6.
pub async fn ipv6_is_supported<T: Transport>(connect: Connect<T>) {
    let address = (Ipv6Addr::LOCALHOST, 0).into();
    let Ok(server) = TestServer::start_at(address, ScriptedReply::reply("200 OK", "{}")).await
    else {
        println!("skipped: this machine has no IPv6");
        return;
    };

    let reply = client(connect, &server).call(GetCustomerInventory::new("anna")).await;

    reply.expect("a reply");
    assert_eq!(server.request().header("host"), Some(server.address().to_string().as_str()));
}
