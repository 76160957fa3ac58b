//! How connections are made and kept.

use std::net::Ipv6Addr;

use talon_client::Transport;
use talon_core::prelude::*;

use super::{Connect, client};
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
