//! The state of a fake, as a value.

use std::sync::Arc;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use talon_core::{Timestamp, json};

use crate::Fake;
use crate::control::differences;
use crate::state::{CapturedTables, Ids, IdsPosition, State, StoredReply, TableImages};
use crate::time::Time;
use crate::world::{Application, World, WorldError};

/// The state of a [`Fake`], from [`Fake::snapshot`]: its world, clock, ids, tables, and the replies
/// that a served fake stores by `Idempotency-Key`. It does not contain calls and faults.
///
/// In JSON, members and entries have a fixed order, so that any tool can compare two snapshots. A
/// world with closures has no JSON form. A snapshot names its format; one of another format is
/// refused.
///
/// ```
/// # use talon_core::prelude::*;
/// use talon_fake::{Fake, Snapshot, World};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let talon = Fake::new(World::new())?;
/// let before = talon.snapshot();
///
/// let request = UpdateCustomerProfileV2::new("anna", NewCustomerProfile::default());
/// talon.update_customer_profile_v2(request).await?;
/// assert_ne!(talon.snapshot(), before);
///
/// let json = serde_json::to_string_pretty(&before)?;
/// talon.restore(&serde_json::from_str::<Snapshot>(&json)?)?;
/// assert_eq!(talon.profile("anna"), None);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Snapshot(Box<Contents>);

/// How the state is written; a change of it makes older snapshots unreadable.
const FORMAT: u32 = 2;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "File")]
struct Contents {
    format: u32,
    /// The state when it was taken.
    state: Captured,
    /// The world it began with; the definitions of campaigns, programs and schemas are only here.
    world: Arc<World>,
    /// The world that a reset goes back to, where definitions were changed since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seed: Option<Arc<World>>,
}

/// Contents as they stand in a file, of this format or the one before.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    format: Option<u32>,
    state: Option<Captured>,
    world: Arc<World>,
    seed: Option<Arc<World>>,
    /// The state in the format before, which had no number.
    changed: Option<IgnoredAny>,
}

/// What requests and the clock changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Captured {
    now: Timestamp,
    /// Whether the clock runs with that of the machine; left out while it stands still.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    follows_system: bool,
    ids: IdsPosition,
    tables: TableImages,
    /// The oldest first; left out while there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    replies: Vec<Arc<StoredReply>>,
}

impl TryFrom<File> for Contents {
    type Error = String;

    fn try_from(file: File) -> Result<Self, String> {
        let format = file.format.or(file.changed.map(|_| 1));
        match (format, file.state) {
            (Some(FORMAT), Some(state)) => {
                let File { world, seed, .. } = file;
                Ok(Self { format: FORMAT, state, world, seed })
            }
            (Some(FORMAT), None) => Err("missing field `state`".to_owned()),
            (Some(other), _) => Err(format!(
                "the snapshot has format {other}, and this version reads format {FORMAT}: \
                 take it again with this version"
            )),
            (None, _) => Err("missing field `format`".to_owned()),
        }
    }
}

impl Snapshot {
    /// Where `later` differs, a line each, such as
    /// `/tables/sessions/cart-1/session/state: expected "open", found "closed"`.
    pub fn diff(&self, later: &Self) -> Vec<String> {
        let json = |snapshot: &Self| {
            let json = json::to_vec(&snapshot.0.state).unwrap_or_default();
            json::value_from_slice(&json).unwrap_or_default()
        };
        let found = differences(&json(self), &json(later));
        let seeds_differ = self.0.world != later.0.world;
        let world = seeds_differ.then(|| "/world: not the same".to_owned());
        world.into_iter().chain(found.iter().map(ToString::to_string)).collect()
    }
}

impl Fake {
    /// The state, as a value. Requests wait while the rows are collected, not while they are sorted.
    pub fn snapshot(&self) -> Snapshot {
        self.with_exclusive_lock(Shared::new).into_snapshot()
    }

    /// A fake that continues from the snapshot.
    ///
    /// # Errors
    /// [`WorldError`] with the member that is wrong, of the snapshot's world or of a row in it.
    pub fn from_snapshot(snapshot: &Snapshot) -> Result<Self, WorldError> {
        let Contents { state, world, seed, .. } = (*snapshot.0).clone();
        world.check()?;
        seed.as_ref().map_or(Ok(()), |seed| seed.check())?;
        state.check()?;
        let seed = seed.unwrap_or_else(|| Arc::clone(&world));
        Ok(Self::from_state(state.restore(world).with_seed(seed)))
    }

    /// Continues from a snapshot of this fake or of another one, without calls and faults. The API
    /// keys of this fake stay.
    ///
    /// # Errors
    /// [`WorldError`] with the member that is wrong, of the snapshot's world or of a row in it. The
    /// fake is unchanged then.
    pub fn restore(&self, snapshot: &Snapshot) -> Result<(), WorldError> {
        let Contents { state, world, seed, .. } = (*snapshot.0).clone();
        world.check()?;
        seed.as_ref().map_or(Ok(()), |seed| seed.check())?;
        state.check()?;
        let api_keys = self.application().api_keys;
        let with_keys = |world: &World| {
            let api_keys = api_keys.clone();
            let application = Application { api_keys, ..world.application.clone() };
            Arc::new(World { application, ..World::clone(world) })
        };
        let world = with_keys(&world);
        let seed = seed.map_or_else(|| Arc::clone(&world), |seed| with_keys(&seed));
        self.replace_state(state.restore(world).with_seed(seed));
        Ok(())
    }
}

/// The parts of a snapshot at one moment: rows are shared, not copied.
struct Shared {
    world: Arc<World>,
    seed: Option<Arc<World>>,
    time: Time,
    ids: IdsPosition,
    tables: CapturedTables,
    replies: Vec<Arc<StoredReply>>,
}

impl Shared {
    fn new(state: &State) -> Self {
        Self {
            world: Arc::clone(&state.world),
            seed: (!Arc::ptr_eq(&state.seed, &state.world)).then(|| Arc::clone(&state.seed)),
            time: state.time(),
            ids: state.ids.position(),
            tables: state.tables.capture(),
            replies: state.replies().all(),
        }
    }

    fn into_snapshot(self) -> Snapshot {
        let state = Captured {
            now: self.time.now(),
            follows_system: self.time.follows_system(),
            ids: self.ids,
            tables: self.tables.into_images(),
            replies: self.replies,
        };
        Snapshot(Box::new(Contents { format: FORMAT, state, world: self.world, seed: self.seed }))
    }
}

impl Captured {
    /// Refuses rows that could be served, and not be read back from a state file.
    fn check(&self) -> Result<(), WorldError> {
        self.tables.check().map_err(|(table, row)| {
            WorldError::at(format!("state.tables.{table}.{}", row.key), row.reason)
        })
    }

    fn restore(self, world: Arc<World>) -> State {
        let time = Time::resumed(self.now, self.follows_system);
        let state = State::empty(world, Ids::from(self.ids), time);
        state.tables.fill(self.tables);
        state.replies().fill(self.replies);
        state
    }
}
