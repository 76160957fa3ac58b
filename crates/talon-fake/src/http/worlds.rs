//! Several fakes behind one server.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use http::HeaderMap;
use http::header::AUTHORIZATION;
use talon_core::ApplicationId;
use talon_core::auth::{API_KEY_PREFIX, ApiKey};

use crate::world::{Application, IntegrationKey, World, WorldError};
use crate::{Fake, Snapshot};

/// Maximum number of worlds with one key. Keys beyond it are unknown keys.
const MAX_WORLDS: usize = 10_000;

/// How many calls a world with one key keeps, since many such worlds share one process.
const MAX_CALLS: usize = 1_000;

/// How many bytes the bodies of these calls may have together.
const MAX_BODY_BYTES: usize = 8 << 20;

/// Maximum length of a key that gets a fresh world.
const MAX_KEY_LENGTH: usize = 255;

/// Worlds behind one server. Each API key belongs to one world, and the worlds share nothing. Clones
/// share the worlds.
///
/// ```
/// use talon_fake::{Fake, World, Worlds};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let worlds = Worlds::new(Fake::new(World::demo())?).fresh(World::demo())?;
/// let server = worlds.serve().await?;
/// println!("tests in any language call {}, each with a key of its own", server.url());
///
/// let anna = worlds.world_or_fresh("key-of-annas-test").expect("a fresh copy");
/// let ben = worlds.world_or_fresh("key-of-bens-test").expect("another one");
/// anna.clock().advance(std::time::Duration::from_secs(60));
/// assert_ne!(anna.clock().now(), ben.clock().now());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Worlds {
    shared: Arc<RwLock<Shared>>,
    first: Fake,
    is_strict: bool,
}

#[derive(Debug)]
struct Shared {
    /// Worlds with several keys or none.
    added: Vec<Fake>,
    /// Worlds with one key, by that key.
    by_key: BTreeMap<String, Fake>,
    seed: Option<Arc<World>>,
}

impl Worlds {
    /// One world, which also records the requests that belong to no world.
    pub fn new(first: Fake) -> Self {
        let shared = Shared { added: vec![first.clone()], by_key: BTreeMap::new(), seed: None };
        Self { shared: Arc::new(RwLock::new(shared)), first, is_strict: false }
    }

    /// Worlds with the state of the snapshots; the first snapshot is the [`first`](Self::first)
    /// world.
    ///
    /// # Errors
    /// [`WorldError`] when there is no snapshot, or a member of a world is wrong.
    pub fn from_snapshots(snapshots: &[Snapshot]) -> Result<Self, WorldError> {
        let (first, rest) =
            snapshots.split_first().ok_or_else(|| WorldError::at("worlds", "there is none"))?;
        let mut worlds = Self::new(Fake::from_snapshot(first)?);
        for snapshot in rest {
            worlds = worlds.with(Fake::from_snapshot(snapshot)?)?;
        }
        Ok(worlds)
    }

    /// Adds a world.
    ///
    /// # Errors
    /// [`WorldError`] when another world has one of its keys.
    pub fn with(self, fake: Fake) -> Result<Self, WorldError> {
        if fake.application().api_keys.iter().any(|known| self.world(&known.key).is_some()) {
            let reason = "another world has one of these keys";
            return Err(WorldError::at("application.apiKeys", reason));
        }
        self.write().insert(fake);
        Ok(self)
    }

    /// Gives every new key a world of its own, a copy of `seed`, up to 10 000 worlds. Each keeps its
    /// last 1 000 calls, and at most as many as have 8 MiB of bodies together;
    /// [`keep_calls`](Fake::keep_calls) changes the number.
    ///
    /// # Errors
    /// [`WorldError`] names the member that is wrong.
    pub fn fresh(self, seed: World) -> Result<Self, WorldError> {
        seed.check()?;
        self.write().seed = Some(Arc::new(seed));
        Ok(self)
    }

    /// Refuses requests with members that their operation does not have, in every world that does not
    /// [say](World::strict) otherwise.
    #[must_use]
    pub fn strict(self) -> Self {
        Self { is_strict: true, ..self }
    }

    /// Whether requests with unknown members are refused where a world does not say.
    pub(crate) fn is_strict(&self) -> bool {
        self.is_strict
    }

    /// The first world.
    pub fn first(&self) -> Fake {
        self.first.clone()
    }

    /// The world of a key, if there is one.
    pub fn world(&self, key: &str) -> Option<Fake> {
        self.read().find(key)
    }

    /// The world of a key; a new one where new keys get one.
    pub fn world_or_fresh(&self, key: &str) -> Option<Fake> {
        let seed = {
            let shared = self.read();
            if let Some(known) = shared.find(key) {
                return Some(known);
            }
            shared.seed.clone()?
        };
        self.create(key, World::clone(&seed)).ok().map(|(fake, _)| fake)
    }

    /// All worlds, the first one first.
    pub fn all(&self) -> Vec<Fake> {
        let shared = self.read();
        shared.added.iter().chain(shared.by_key.values()).cloned().collect()
    }

    /// Seeds the world of a key, which keeps its keys, or creates it.
    pub(crate) fn seed(&self, key: Option<&str>, world: World) -> Result<(), WorldError> {
        let known = match key {
            None => Some(self.first()),
            Some(key) => self.world(key),
        };
        match (known, key) {
            (Some(fake), _) => fake.seed(with_keys(world, fake.application().api_keys)),
            (None, Some(key)) => match self.create(key, world.clone())? {
                (_, true) => Ok(()),
                (fake, false) => fake.seed(with_keys(world, fake.application().api_keys)),
            },
            (None, None) => Ok(()),
        }
    }

    /// The first world whose application has this id, which is all that a signature names.
    pub(crate) fn application(&self, id: ApplicationId) -> Option<Fake> {
        self.all().into_iter().find(|fake| fake.application().id == id)
    }

    /// The world of the API key of a request; the first one without a known key.
    pub(crate) fn for_request(&self, headers: &HeaderMap) -> Fake {
        let known = api_key_of(headers).and_then(|key| self.world(key.reveal()));
        known.unwrap_or_else(|| self.first())
    }

    /// A number that grows whenever one of the worlds may have changed; never 0.
    pub(crate) fn changes(&self) -> u64 {
        let shared = self.read();
        let all = shared.added.iter().chain(shared.by_key.values());
        all.map(|fake| fake.changes().wrapping_add(1)).fold(0, u64::wrapping_add)
    }

    /// Creates the world of a key, without a lock while it is loaded. If another request creates it
    /// at the same time, returns that world and `false`.
    fn create(&self, key: &str, seed: World) -> Result<(Fake, bool), WorldError> {
        self.read().check_room(key)?;
        let fake = Fake::new(with_keys(seed, vec![key.into()]))?;
        fake.keep_calls(MAX_CALLS);
        fake.log().set_max_body_bytes(MAX_BODY_BYTES);
        let mut shared = self.write();
        if let Some(first) = shared.find(key) {
            return Ok((first, false));
        }
        shared.check_room(key)?;
        shared.by_key.insert(key.to_owned(), fake.clone());
        Ok((fake, true))
    }

    fn read(&self) -> RwLockReadGuard<'_, Shared> {
        self.shared.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Shared> {
        self.shared.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shared {
    fn find(&self, key: &str) -> Option<Fake> {
        let added = || self.added.iter().find(|fake| fake.has_key(key));
        self.by_key.get(key).or_else(added).cloned()
    }

    fn insert(&mut self, fake: Fake) {
        match &fake.application().api_keys[..] {
            [known] => drop(self.by_key.insert(known.key.clone(), fake)),
            _ => self.added.push(fake),
        }
    }

    fn check_room(&self, key: &str) -> Result<(), WorldError> {
        let reason = "too many worlds, or too long a key";
        let has_room = self.by_key.len() < MAX_WORLDS && (1..=MAX_KEY_LENGTH).contains(&key.len());
        has_room.then_some(()).ok_or_else(|| WorldError::at("application.apiKeys", reason))
    }
}

/// The API key of a request.
pub(crate) fn api_key_of(headers: &HeaderMap) -> Option<ApiKey> {
    ApiKey::from_header(headers.get(AUTHORIZATION)?, API_KEY_PREFIX)
}

fn with_keys(world: World, api_keys: Vec<IntegrationKey>) -> World {
    World { application: Application { api_keys, ..world.application }, ..world }
}
