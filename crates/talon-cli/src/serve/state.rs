//! `--state`: worlds that outlive the server.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use talon_fake::{StateFile, Worlds};
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::{MissedTickBehavior, interval};

use super::worlds::WorldFile;
use crate::Failure;

/// How often a change of the state is looked for, to be saved.
const SAVE_EVERY: Duration = Duration::from_secs(1);

pub(super) fn open(path: &str) -> Result<Arc<StateFile>, Failure> {
    let opened = StateFile::open(path).map(Arc::new);
    opened.map_err(|error| Failure::usage(format!("cannot open the state {error}")))
}

pub(super) fn load(state: &StateFile) -> Result<Option<Worlds>, Failure> {
    state.load().map_err(|error| Failure::usage(format!("cannot read the state {error}")))
}

/// Says which world files do not count: the state goes on with the worlds that it began with.
pub(super) fn tell_of_unused(
    files: &[WorldFile],
    state: &StateFile,
    kept: &Worlds,
    is_fresh: bool,
) {
    let kept: Vec<_> = kept.all().iter().map(talon_fake::Fake::world).collect();
    let path = state.path().display();
    let except = if is_fresh { " except for unseen keys" } else { "" };
    for WorldFile { file, .. } in files.iter().filter(|file| !kept.contains(&file.world)) {
        eprintln!(
            "talon: the world {file} is not used{except}: the state {path} goes on with the one it \
             began with, which differs. To begin anew with {file}, move {path} away; to change the \
             world of the running server, POST it to /_fake/seed"
        );
    }
}

/// Saves what changes in the background, away from the threads that serve.
#[derive(Debug)]
pub(super) struct Saving {
    state: Arc<StateFile>,
    worlds: Worlds,
    task: JoinHandle<()>,
}

impl Saving {
    /// Saves at once: now, not at the end, is the time to hear that it does not work.
    pub(super) fn start(state: Arc<StateFile>, worlds: Worlds) -> Result<Self, Failure> {
        state.save(&worlds).map_err(|error| unsaved(&error))?;
        let task = tokio::spawn(save_changes(Arc::clone(&state), worlds.clone()));
        Ok(Self { state, worlds, task })
    }

    /// Saves what changed last.
    pub(super) async fn finish(self) -> Result<(), Failure> {
        self.task.abort();
        save(self.state, self.worlds).await.map_err(|error| unsaved(&error))
    }
}

/// A disk that refuses is told of once, and asked again.
async fn save_changes(state: Arc<StateFile>, worlds: Worlds) {
    let mut ticks = interval(SAVE_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut told = None;
    loop {
        ticks.tick().await;
        let message = save(Arc::clone(&state), worlds.clone()).await.err();
        let message = message.map(|error| format!("cannot save the state {error}"));
        if message != told {
            eprintln!("talon: {}", message.as_deref().unwrap_or("the state is saved again"));
        }
        told = message;
    }
}

async fn save(state: Arc<StateFile>, worlds: Worlds) -> io::Result<()> {
    let saved = spawn_blocking(move || state.save_if_changed(&worlds)).await;
    saved.map_err(io::Error::other)?.map(drop)
}

fn unsaved(error: &io::Error) -> Failure {
    Failure::usage(format!("cannot save the state {error}"))
}
