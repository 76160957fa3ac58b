//! Changes that are on the disk before they are answered.

use std::io;
use std::sync::Arc;

use http::StatusCode;
use talon_core::ApiError;
use tokio::sync::Mutex;
use tokio::task::spawn_blocking;

use super::{StateFile, Worlds};

/// Saves the worlds before an answer tells of them.
///
/// One save at a time, and it covers all who wait when it begins: so a call waits for two of them
/// at most, however many calls there are.
#[derive(Clone, Debug)]
pub(super) struct Durable {
    file: Arc<StateFile>,
    turn: Arc<Mutex<()>>,
}

impl Durable {
    pub(super) fn new(file: Arc<StateFile>) -> Self {
        Self { file, turn: Arc::default() }
    }

    /// Returns when everything that the worlds went through until now is on the disk.
    pub(super) async fn settle(&self, worlds: &Worlds) -> Result<(), ApiError> {
        let changes = worlds.changes();
        if self.file.has_saved(changes) {
            return Ok(());
        }
        let _turn = self.turn.lock().await;
        if self.file.has_saved(changes) {
            return Ok(());
        }
        let (file, worlds) = (Arc::clone(&self.file), worlds.clone());
        let saved = spawn_blocking(move || file.save(&worlds)).await;
        saved.map_err(io::Error::other).and_then(|saved| saved).map_err(|error| unsaved(&error))
    }
}

/// Says that it may be undone, and no path of this machine.
fn unsaved(error: &io::Error) -> ApiError {
    let message = format!(
        "Not durable: what was done could not be saved ({}), and is lost if the server ends before \
         it can be",
        error.kind()
    );
    ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, message)
}
