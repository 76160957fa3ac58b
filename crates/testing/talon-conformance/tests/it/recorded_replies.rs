//! Records the successful replies of all cases, as JSON.

use std::mem::take;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use talon_conformance::implementations::direct;
use talon_conformance::{Implementation, Outcome, Seed, World, suite};
use talon_core::api::Call;
use talon_core::{IntegrationApi, Result};
use tokio::sync::OnceCell;

/// A successful reply.
#[derive(Debug)]
pub(crate) struct Reply {
    /// Module and name of the case.
    pub(crate) case: String,
    pub(crate) operation: &'static str,
    pub(crate) body: Value,
}

/// Replies to the running case.
static REPLIES: Mutex<Vec<(&str, Value)>> = Mutex::new(Vec::new());

static ALL: OnceCell<Vec<Reply>> = OnceCell::const_new();

/// The replies to all cases, which run once and one after another.
pub(crate) async fn all_replies() -> &'static [Reply] {
    ALL.get_or_init(|| async {
        let mut all = Vec::new();
        let implementation = Implementation::new("recorder", recorder);
        for case in suite() {
            let outcome = case.run(implementation).await;
            assert!(!matches!(outcome, Outcome::Failed(_)), "{case}: {outcome:?}");
            let replies = take(&mut *REPLIES.lock().unwrap_or_else(PoisonError::into_inner));
            all.extend(replies.into_iter().map(|(operation, body)| Reply {
                case: case.to_string(),
                operation,
                body,
            }));
        }
        all
    })
    .await
}

/// The fake, whose replies are recorded.
#[derive(Debug)]
struct Recorder(Arc<dyn IntegrationApi>);

async fn recorder(seed: Seed) -> World {
    let world = direct().open(seed).await;
    let fake = world.probe().clone();
    World::new(Arc::new(Recorder(world.api))).with_fake(fake)
}

async fn record<O: Call>(request: O, api: &dyn IntegrationApi) -> Result<O::Reply> {
    let reply = request.call(api).await;
    if let Ok(Ok(written)) = reply.as_ref().map(O::reply_to_http)
        && let Ok(body) = serde_json::from_slice(written.body())
    {
        REPLIES.lock().unwrap_or_else(PoisonError::into_inner).push((O::INFO.id, body));
    }
    reply
}

talon_core::implement_api!(for Recorder, |api, request| record(request, &*api.0).await);
