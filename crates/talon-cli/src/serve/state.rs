//! `--state`: the file that keeps the worlds across restarts.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use talon_fake::{StateFile, Worlds};
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::{MissedTickBehavior, interval};

use super::log::Log;
use crate::CliError;

/// How often changes of the worlds are saved.
const SAVE_INTERVAL: Duration = Duration::from_secs(1);

pub(super) fn open(path: &str) -> Result<Arc<StateFile>, CliError> {
    let opened = StateFile::open(path).map(Arc::new);
    opened.map_err(|error| CliError::usage(format!("cannot open the state {error}")))
}

pub(super) fn load(state: &StateFile) -> Result<Option<Worlds>, CliError> {
    state.load().map_err(|error| CliError::usage(format!("cannot read the state {error}")))
}

/// Saves changes in a background task, on a thread that serves no requests.
#[derive(Debug)]
pub(super) struct AutoSave {
    state: Arc<StateFile>,
    worlds: Worlds,
    task: JoinHandle<()>,
}

impl AutoSave {
    /// Starts the task, after a first save: when the file cannot be written, the command fails at
    /// once.
    pub(super) fn start(state: Arc<StateFile>, worlds: Worlds, log: Log) -> Result<Self, CliError> {
        state.save(&worlds).map_err(|error| save_error(&error))?;
        let task = tokio::spawn(save_changes(Arc::clone(&state), worlds.clone(), log));
        Ok(Self { state, worlds, task })
    }

    /// Stops the task and saves the last changes.
    pub(super) async fn finish(self) -> Result<(), CliError> {
        self.task.abort();
        save(self.state, self.worlds).await.map_err(|error| save_error(&error))
    }
}

/// Saves again and again. Each new error is printed once, and the first success after it.
async fn save_changes(state: Arc<StateFile>, worlds: Worlds, log: Log) {
    let mut ticks = interval(SAVE_INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut last_message = None;
    loop {
        ticks.tick().await;
        let message = save(Arc::clone(&state), worlds.clone()).await.err();
        let message = message.map(|error| format!("cannot save the state {error}"));
        if message != last_message {
            log.message(message.as_deref().unwrap_or("the state is saved again"));
        }
        last_message = message;
    }
}

async fn save(state: Arc<StateFile>, worlds: Worlds) -> io::Result<()> {
    match spawn_blocking(move || state.save_if_changed(&worlds)).await {
        Ok(saved) => saved.map(drop),
        // The runtime shuts down, after the last save.
        Err(error) if error.is_cancelled() => Ok(()),
        Err(error) => Err(io::Error::other(error)),
    }
}

fn save_error(error: &io::Error) -> CliError {
    CliError::usage(format!("cannot save the state {error}"))
}
