//! Several fakes behind one server.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use http::HeaderMap;
use http::header::AUTHORIZATION;
use talon_core::ApplicationId;
use talon_core::auth::{API_KEY_PREFIX, ApiKey};

use crate::world::{Application, World, WorldError};
use crate::{Fake, Snapshot};

/// How many worlds of one key there are at most; further keys are unknown ones.
const MAX_WORLDS: usize = 10_000;

/// How many calls such a world keeps: many of them share one process.
const MAX_CALLS: usize = 1_000;

/// How many bytes their bodies may have altogether.
const MAX_BODY_BYTES: usize = 8 << 20;

/// Longest key that gets a fresh world.
const MAX_KEY_LENGTH: usize = 255;

/// Worlds behind one server: each API key belongs to one of them, and nothing of one shows in
/// another. Clones share them.
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
}

#[derive(Debug)]
struct Shared {
    /// Worlds of several keys or none; their applications say which.
    added: Vec<Fake>,
    /// Worlds of one key, by that key.
    by_key: BTreeMap<String, Fake>,
    seed: Option<Arc<World>>,
}

impl Worlds {
    /// One world, which also keeps the record of requests that belong to none.
    pub fn new(first: Fake) -> Self {
        let shared = Shared { added: vec![first.clone()], by_key: BTreeMap::new(), seed: None };
        Self { shared: Arc::new(RwLock::new(shared)), first }
    }

    /// Worlds that go on where the snapshots were taken; the first of them is the
    /// [`first`](Self::first).
    ///
    /// # Errors
    /// [`WorldError`] when there is no snapshot, or with the member of a world that is wrong.
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
        if fake.application().api_keys.iter().any(|key| self.world(key).is_some()) {
            let reason = "another world has one of these keys";
            return Err(WorldError::at("application.apiKeys", reason));
        }
        self.change().put(fake);
        Ok(self)
    }

    /// Gives every unseen key a fresh copy of `seed`, up to 10 000 of them. Each keeps its last
    /// 1 000 calls unless [told otherwise](Fake::keep_calls), and of those no more than have 8 MiB
    /// of bodies.
    ///
    /// # Errors
    /// [`WorldError`] with the member that is wrong.
    pub fn fresh(self, seed: World) -> Result<Self, WorldError> {
        seed.check()?;
        self.change().seed = Some(Arc::new(seed));
        Ok(self)
    }

    /// The world it began with.
    pub fn first(&self) -> Fake {
        self.first.clone()
    }

    /// The world a key belongs to, if it was made already.
    pub fn world(&self, key: &str) -> Option<Fake> {
        self.shared().known(key)
    }

    /// The world a key belongs to, or a fresh one where unseen keys get one.
    pub fn world_or_fresh(&self, key: &str) -> Option<Fake> {
        let seed = {
            let shared = self.shared();
            if let Some(known) = shared.known(key) {
                return Some(known);
            }
            shared.seed.clone()?
        };
        self.create(key, World::clone(&seed)).ok().map(|(fake, _)| fake)
    }

    /// All worlds, the first one first.
    pub fn all(&self) -> Vec<Fake> {
        let shared = self.shared();
        shared.added.iter().chain(shared.by_key.values()).cloned().collect()
    }

    /// Begins the world of a key again with `world`, or makes it; it keeps its keys.
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

    /// The first world whose application has this id: signatures name nothing else.
    pub(crate) fn application(&self, id: ApplicationId) -> Option<Fake> {
        self.all().into_iter().find(|fake| fake.application().id == id)
    }

    /// The world whose key a request carries; the first one when it carries none that is known.
    pub(crate) fn for_request(&self, headers: &HeaderMap) -> Fake {
        let known = api_key_of(headers).and_then(|key| self.world(key.reveal()));
        known.unwrap_or_else(|| self.first())
    }

    /// A number that grows whenever one of the worlds may have changed; never 0.
    pub(crate) fn changes(&self) -> u64 {
        let shared = self.shared();
        let all = shared.added.iter().chain(shared.by_key.values());
        all.map(|fake| fake.changes().wrapping_add(1)).fold(0, u64::wrapping_add)
    }

    /// Makes the world of a key, while nobody waits; who comes second gets that of the first, and
    /// `false`.
    fn create(&self, key: &str, seed: World) -> Result<(Fake, bool), WorldError> {
        self.shared().check_room(key)?;
        let fake = Fake::new(with_keys(seed, vec![key.to_owned()]))?;
        fake.keep_calls(MAX_CALLS);
        fake.log().set_max_body_bytes(MAX_BODY_BYTES);
        let mut shared = self.change();
        if let Some(first) = shared.known(key) {
            return Ok((first, false));
        }
        shared.check_room(key)?;
        shared.by_key.insert(key.to_owned(), fake.clone());
        Ok((fake, true))
    }

    fn shared(&self) -> RwLockReadGuard<'_, Shared> {
        self.shared.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn change(&self) -> RwLockWriteGuard<'_, Shared> {
        self.shared.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shared {
    fn known(&self, key: &str) -> Option<Fake> {
        let added = || self.added.iter().find(|fake| fake.has_key(key));
        self.by_key.get(key).or_else(added).cloned()
    }

    fn put(&mut self, fake: Fake) {
        match &fake.application().api_keys[..] {
            [key] => drop(self.by_key.insert(key.clone(), fake)),
            _ => self.added.push(fake),
        }
    }

    fn check_room(&self, key: &str) -> Result<(), WorldError> {
        let reason = "too many worlds, or too long a key";
        let has_room = self.by_key.len() < MAX_WORLDS && (1..=MAX_KEY_LENGTH).contains(&key.len());
        has_room.then_some(()).ok_or_else(|| WorldError::at("application.apiKeys", reason))
    }
}

/// The key that a request carries.
pub(crate) fn api_key_of(headers: &HeaderMap) -> Option<ApiKey> {
    ApiKey::from_header(headers.get(AUTHORIZATION)?, API_KEY_PREFIX)
}

fn with_keys(world: World, api_keys: Vec<String>) -> World {
    World { application: Application { api_keys, ..world.application }, ..world }
}
