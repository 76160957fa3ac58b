//! Calls: dynamic dispatch, routing, and a complete call without a socket.

use std::hint::black_box;
use std::sync::Arc;

use talon_client::Loopback;
use talon_core::dispatch::{Route, dispatch};
use talon_core::model::IntegrationStateV2;
use talon_core::operations::UpdateCustomerSessionV2;
use talon_core::{IntegrationApi, Operation, Result, async_trait};
use talon_samples::immediate;
use tokio::runtime::Builder;

use crate::row::Row;
use crate::shop::Shop;

/// Coupons and profiles of the fake behind these calls.
const STORED: usize = 100;

pub(super) fn rows() -> Vec<Row> {
    vec![static_call(), dyn_call(), route(), router(), client()]
}

/// Returns at once, so that only the call is measured.
#[derive(Debug)]
struct Empty;

#[async_trait]
impl IntegrationApi for Empty {
    async fn update_customer_session_v2(
        &self,
        request: UpdateCustomerSessionV2,
    ) -> Result<IntegrationStateV2> {
        drop(black_box(request));
        Ok(IntegrationStateV2::default())
    }
}

fn static_call() -> Row {
    Row::batched("call/trait/static", || {
        let (api, mut shop) = (Arc::new(Empty), Shop::new(STORED));
        move || {
            let (api, request) = (api.clone(), shop.request());
            move || drop(black_box(immediate(Empty::update_customer_session_v2(&api, request))))
        }
    })
}

fn dyn_call() -> Row {
    Row::batched("call/trait/dyn", || {
        let api: Arc<dyn IntegrationApi> = Arc::new(Empty);
        let mut shop = Shop::new(STORED);
        move || {
            let (api, request) = (black_box(api.clone()), shop.request());
            move || drop(black_box(immediate(api.update_customer_session_v2(request))))
        }
    })
}

fn route() -> Row {
    Row::iter("call/route/find", || {
        let request = Shop::new(STORED).request().to_http().expect("it can be sent");
        move || {
            let request = black_box(&request);
            drop(black_box(Route::find(request.method(), request.uri().path())));
        }
    })
}

/// Reads the request, calls the fake, writes the reply.
fn router() -> Row {
    Row::batched("call/fake/dispatch", || {
        let mut shop = Shop::new(STORED);
        move || {
            let request = shop.request().to_http().expect("it can be sent");
            let fake = shop.fake().clone();
            move || drop(black_box(immediate(dispatch(&fake, &request))))
        }
    })
}

/// The same through a client: a call over HTTP without the socket.
fn client() -> Row {
    Row::batched("call/fake/loopback", || {
        let mut shop = Shop::new(STORED);
        let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
        let client = Arc::new(Loopback::client(shop.fake().api()));
        let runtime = Arc::new(runtime);
        move || {
            let (runtime, client, request) = (runtime.clone(), client.clone(), shop.request());
            move || {
                let reply = runtime.block_on(client.update_customer_session_v2(request));
                drop(black_box(reply.expect("a success")));
            }
        }
    })
}
