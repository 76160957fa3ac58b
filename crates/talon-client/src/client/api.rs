//! Implements `IntegrationApi` with [`Client::call`].

use super::Client;
use crate::Transport;

talon_core::implement_api!([T: Transport] for Client<T>, |client, request| {
    client.call(request).await
});
