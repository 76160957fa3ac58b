//! Replies that wait until the changes before them are saved.

use std::io;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, StatusCode};
use talon_core::dispatch::{Answer, Handler, Route};
use talon_core::{ApiError, async_trait};
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;

use super::handler::KeyedFake;
use super::{StateFile, Worlds};

/// Saves worlds to a file.
///
/// One save at a time, which covers all calls that wait when it begins. So a call waits for two
/// saves at most, however many calls there are.
#[derive(Clone, Debug)]
pub(super) struct Durable {
    worlds: Worlds,
    file: Arc<StateFile>,
    saving: Arc<Mutex<()>>,
}

impl Durable {
    pub(super) fn new(worlds: Worlds, file: Arc<StateFile>) -> Self {
        Self { worlds, file, saving: Arc::default() }
    }

    /// Returns when all changes until now are saved.
    ///
    /// # Errors
    /// The refusal to reply with when they cannot be saved.
    pub(super) async fn save(&self) -> Result<(), ApiError> {
        let changes = self.worlds.changes();
        if self.file.has_saved(changes) {
            return Ok(());
        }
        let _saving = self.saving.lock().await;
        if self.file.has_saved(changes) {
            return Ok(());
        }
        let (file, worlds) = (Arc::clone(&self.file), self.worlds.clone());
        let saved = spawn_blocking(move || file.save(&worlds)).await;
        saved.map_err(io::Error::other).and_then(|saved| saved).map_err(|error| not_saved(&error))
    }
}

/// A fake whose answers wait until its changes are saved, if it is durable.
#[derive(Debug)]
pub(super) struct DurableFake {
    fake: KeyedFake,
    durable: Option<Durable>,
}

impl DurableFake {
    pub(super) fn new(fake: KeyedFake, durable: Option<Durable>) -> Self {
        Self { fake, durable }
    }
}

#[async_trait]
impl Handler for DurableFake {
    async fn handle(&self, route: Route, request: &Request<Bytes>) -> Answer {
        let answer = self.fake.handle(route, request).await;
        let Some(durable) = &self.durable else { return answer };
        durable.save().await.map_or_else(|refusal| refusal.to_http().into(), |()| answer)
    }
}

/// Says that the change may be lost, without a path of this machine.
fn not_saved(error: &io::Error) -> ApiError {
    let message = format!(
        "Not durable: what was done could not be saved ({}), and is lost if the server ends before \
         it can be",
        error.kind()
    );
    ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, message)
}
