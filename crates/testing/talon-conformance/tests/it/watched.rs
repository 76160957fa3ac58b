//! Every successful reply to every case, as it is written.

use std::mem::take;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use talon_conformance::{Seed, World, run, suite};
use talon_core::api::Call;
use talon_core::{IntegrationApi, Result};
use tokio::sync::OnceCell;

use crate::direct;

/// A successful reply.
#[derive(Debug)]
pub(crate) struct Reply {
    /// Module and name of the case.
    pub(crate) case: String,
    pub(crate) operation: &'static str,
    pub(crate) body: Value,
}

/// Replies to the case that runs.
static REPLIES: Mutex<Vec<(&str, Value)>> = Mutex::new(Vec::new());

static ALL: OnceCell<Vec<Reply>> = OnceCell::const_new();

/// The replies to all cases, which run once, one after another.
pub(crate) async fn all_replies() -> &'static [Reply] {
    ALL.get_or_init(|| async {
        let mut all = Vec::new();
        for case in suite() {
            run(case.module, case.name, |seed| Box::pin(watched(seed))).await;
            let replies = take(&mut *REPLIES.lock().unwrap_or_else(PoisonError::into_inner));
            all.extend(replies.into_iter().map(|(operation, body)| {
                let case = format!("{}::{}", case.module, case.name);
                Reply { case, operation, body }
            }));
        }
        all
    })
    .await
}

/// The fake itself, with an eye on its replies.
#[derive(Debug)]
struct Watched(Arc<dyn IntegrationApi>);

async fn watched(seed: Seed) -> World {
    let fake = direct::world(seed).await.fake;
    World::new(Arc::new(Watched(fake.api())), fake)
}

async fn watch<O: Call>(request: O, api: &dyn IntegrationApi) -> Result<O::Reply> {
    let reply = request.call(api).await;
    if let Ok(Ok(written)) = reply.as_ref().map(O::reply_to_http)
        && let Ok(body) = serde_json::from_slice(written.body())
    {
        REPLIES.lock().unwrap_or_else(PoisonError::into_inner).push((O::INFO.id, body));
    }
    reply
}

talon_core::implement_api!(for Watched, |api, request| watch(request, &*api.0).await);
