//! Every operation of the list is one call.

use talon_core::api::ReplyOf;
use talon_core::{IntegrationApi, Result, async_trait, for_each_operation, operations};

use super::Client;
use crate::Transport;

macro_rules! implement_client {
    ($( $(#[$doc:meta])* $method:ident($request:ident); )+) => {
        #[async_trait]
        #[deny(clippy::missing_trait_methods)]
        impl<T: Transport> IntegrationApi for Client<T> {
            $(
                async fn $method(
                    &self,
                    request: operations::$request,
                ) -> Result<ReplyOf<operations::$request>> {
                    self.call(request).await
                }
            )+
        }
    };
}

for_each_operation!(implement_client);
