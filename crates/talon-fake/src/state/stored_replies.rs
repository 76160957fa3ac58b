//! Replies kept by `Idempotency-Key`.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use http::Response;
use serde::{Deserialize, Serialize};
use talon_core::Timestamp;

use super::State;

mod texts;

/// How long a reply is kept, by the clock of the fake.
const RETENTION: std::time::Duration = std::time::Duration::from_secs(24 * 60 * 60);

/// How many replies are stored; the oldest are removed. While the clock stands still, none expires.
const MAX_REPLIES: usize = 10_000;

/// How many bytes their bodies may have altogether; the oldest make room.
const MAX_BYTES: usize = 64 << 20;

/// What a key belongs to: two requests with the same name are the same request.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequestName {
    pub(crate) method: String,
    /// Path and query in one spelling, so that `?dry=1` is `?dry=true`, and neither is no query.
    pub(crate) target: String,
    /// The `Idempotency-Key`.
    pub(crate) key: String,
}

/// A reply as it is kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StoredReply {
    request: Arc<RequestName>,
    at: Timestamp,
    #[serde(with = "texts")]
    reply: Response<Bytes>,
}

/// Replies of a world.
#[derive(Debug, Default)]
pub(crate) struct Replies {
    by_name: BTreeMap<Arc<RequestName>, Entry>,
    /// Names by age; the number of the next one is `next`.
    order: BTreeMap<u64, Arc<RequestName>>,
    next: u64,
    /// Of the bodies.
    bytes: usize,
}

#[derive(Debug)]
struct Entry {
    number: u64,
    at: Timestamp,
    /// `None` while the first request is under way.
    reply: Option<Arc<StoredReply>>,
}

/// What a request's key says.
#[derive(Debug)]
pub(crate) enum Claim {
    /// There is none, or the operation does not look at it.
    NoKey,
    /// The reply to the first request with this key.
    Stored(Response<Bytes>),
    /// It is the first one.
    New(Ticket),
    /// The first one is under way.
    UnderWay,
}

/// The right to store the reply to a request; forgets the key when it is dropped instead.
#[derive(Debug)]
pub(crate) struct Ticket {
    state: Arc<State>,
    name: Arc<RequestName>,
    number: u64,
}

impl Claim {
    pub(crate) fn new(state: &Arc<State>, name: RequestName) -> Self {
        let (now, name) = (state.now(), Arc::new(name));
        let mut replies = state.replies();
        replies.expire(now);
        match replies.by_name.get(&name).map(|entry| entry.reply.as_deref()) {
            Some(Some(stored)) => Self::Stored(stored.reply.clone()),
            Some(None) => Self::UnderWay,
            None => {
                let number = replies.begin(Arc::clone(&name), now);
                Self::New(Ticket { state: Arc::clone(state), name, number })
            }
        }
    }

    pub(crate) fn stored(&self) -> Option<&Response<Bytes>> {
        if let Self::Stored(reply) = self { Some(reply) } else { None }
    }

    pub(crate) fn ticket(&self) -> Option<&Ticket> {
        if let Self::New(ticket) = self { Some(ticket) } else { None }
    }
}

impl Ticket {
    pub(crate) fn store(&self, reply: Response<Bytes>) {
        self.state.replies().store(&self.name, self.number, reply);
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut replies = self.state.replies();
        if replies.own(&self.name, self.number).is_some_and(|entry| entry.reply.is_none()) {
            replies.forget(self.number);
        }
    }
}

impl Replies {
    /// All that are complete, the oldest first.
    pub(crate) fn all(&self) -> Vec<Arc<StoredReply>> {
        let entries = self.order.values().filter_map(|name| self.by_name.get(name));
        entries.filter_map(|entry| entry.reply.clone()).collect()
    }

    /// Stores replies, the oldest first; a later one replaces one with the same name.
    pub(crate) fn fill(&mut self, replies: Vec<Arc<StoredReply>>) {
        for stored in replies {
            if let Some(known) = self.by_name.get(&stored.request).map(|entry| entry.number) {
                self.forget(known);
            }
            let number = self.begin(Arc::clone(&stored.request), stored.at);
            self.complete(number, stored);
        }
    }

    fn begin(&mut self, name: Arc<RequestName>, at: Timestamp) -> u64 {
        while self.order.len() >= MAX_REPLIES && self.forget_oldest() {}
        self.next += 1;
        self.order.insert(self.next, Arc::clone(&name));
        self.by_name.insert(name, Entry { number: self.next, at, reply: None });
        self.next
    }

    /// The entry, if it is still the one that the ticket was given for.
    fn own(&mut self, name: &RequestName, number: u64) -> Option<&mut Entry> {
        self.by_name.get_mut(name).filter(|entry| entry.number == number)
    }

    fn store(&mut self, name: &Arc<RequestName>, number: u64, reply: Response<Bytes>) {
        let Some(at) = self.own(name, number).map(|entry| entry.at) else { return };
        self.complete(number, Arc::new(StoredReply { request: Arc::clone(name), at, reply }));
    }

    fn complete(&mut self, number: u64, stored: Arc<StoredReply>) {
        let bytes = stored.reply.body().len();
        let name = Arc::clone(&stored.request);
        if let Some(entry) = self.own(&name, number) {
            entry.reply = Some(stored);
            self.bytes += bytes;
        }
        while self.bytes > MAX_BYTES && self.forget_oldest() {}
    }

    /// Forgets what is too old.
    fn expire(&mut self, now: Timestamp) {
        while let Some(name) = self.order.values().next() {
            let kept_until =
                self.by_name.get(name).and_then(|entry| entry.at.checked_add(RETENTION));
            if kept_until.is_some_and(|until| now < until) || !self.forget_oldest() {
                return;
            }
        }
    }

    /// Whether there was one.
    fn forget_oldest(&mut self) -> bool {
        let oldest = self.order.keys().next().copied();
        oldest.inspect(|oldest| self.forget(*oldest)).is_some()
    }

    fn forget(&mut self, number: u64) {
        let entry = self.order.remove(&number).and_then(|name| self.by_name.remove(&name));
        let reply = entry.and_then(|entry| entry.reply);
        self.bytes -= reply.map_or(0, |stored| stored.reply.body().len());
    }
}

impl PartialEq for StoredReply {
    fn eq(&self, other: &Self) -> bool {
        let parts = |stored: &Self| {
            let reply = &stored.reply;
            (reply.status(), reply.headers().clone(), reply.body().clone())
        };
        (&self.request, self.at) == (&other.request, other.at) && parts(self) == parts(other)
    }
}

#[cfg(all(test, feature = "serve"))]
mod tests {
    use super::*;
    use crate::World;

    fn store(state: &Arc<State>, number: usize, body: Vec<u8>) {
        let target = format!("/v2/customer_profiles/{number}");
        let name = RequestName { method: "PUT".to_owned(), target, key: "5a3c".to_owned() };
        let Claim::New(ticket) = Claim::new(state, name) else { panic!("each is the first") };
        ticket.store(Response::new(body.into()));
    }

    fn state() -> Arc<State> {
        Arc::new(State::load(&Arc::new(World::new())))
    }

    #[test]
    fn the_oldest_reply_makes_room() {
        let state = state();

        (0..=MAX_REPLIES).for_each(|number| store(&state, number, Vec::new()));

        assert_eq!(state.replies().by_name.len(), MAX_REPLIES);
        assert_eq!(state.replies().order.len(), MAX_REPLIES);
        assert!(state.replies().all()[0].request.target.ends_with("/1"));
    }

    #[test]
    fn big_replies_make_room_for_each_other() {
        let state = state();

        (0..10).for_each(|number| store(&state, number, vec![b' '; MAX_BYTES / 4]));

        assert_eq!(state.replies().by_name.len(), 4);
        assert_eq!(state.replies().bytes, MAX_BYTES);
    }

    #[test]
    fn what_is_filled_in_is_bounded_as_well_and_there_once() {
        let (from, to) = (state(), state());
        (0..5).for_each(|number| store(&from, number, vec![b' '; MAX_BYTES / 5]));

        to.replies().fill(from.replies().all());
        to.replies().fill(from.replies().all());
        store(&to, 5, vec![b' '; MAX_BYTES / 5]);

        assert_eq!(to.replies().by_name.len(), 5);
        assert_eq!(to.replies().bytes, MAX_BYTES / 5 * 5);
        assert_eq!(to.replies().all()[..4], from.replies().all()[1..]);
    }
}
