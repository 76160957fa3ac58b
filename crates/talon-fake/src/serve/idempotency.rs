//! Replies kept by `Idempotency-Key`.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use talon_core::operation::IDEMPOTENCY_KEY;
use talon_core::{ApiError, OperationInfo, Timestamp};

use crate::Fake;

/// How long a reply is kept, by the clock of the fake.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// How many replies are kept; the oldest make room. A clock that stands still lets none expire.
const MOST: usize = 10_000;

/// How many bytes their bodies may have altogether; the oldest make room.
const MOST_BYTES: usize = 64 << 20;

/// Longest key.
const LONGEST: usize = 255;

/// What a key belongs to: method, path and the key itself.
type Name = (String, String, String);

/// Replies of a world, by key.
#[derive(Debug, Default)]
pub(crate) struct Replies {
    stored: BTreeMap<Name, Stored>,
    /// Names by age, and the number that tells the next one's.
    order: BTreeMap<u64, Name>,
    next: u64,
    /// Of the bodies.
    bytes: usize,
}

#[derive(Debug)]
struct Stored {
    number: u64,
    at: Timestamp,
    /// `None` while the first request is under way.
    reply: Option<Response<Bytes>>,
}

/// What a request's key says.
#[derive(Debug)]
pub(super) enum Claim {
    /// There is none, or the operation does not look at it.
    NoKey,
    /// The reply to the first request with this key.
    Stored(Response<Bytes>),
    /// It is the first one.
    New(Ticket),
}

/// The right to store the reply to a request; forgets the key when it is dropped instead.
#[derive(Debug)]
pub(super) struct Ticket {
    fake: Fake,
    name: Name,
    number: u64,
}

impl Ticket {
    /// Looks at the key of a request.
    ///
    /// Not documented and our choice: the same key with another body gets the stored reply, and
    /// one whose first request is still under way is a 409.
    pub(super) fn claim(
        fake: &Fake,
        operation: &OperationInfo,
        request: &Request<Bytes>,
    ) -> Result<Claim, ApiError> {
        let header = request.headers().get(IDEMPOTENCY_KEY).filter(|_| operation.idempotency_key);
        let Some(header) = header else { return Ok(Claim::NoKey) };
        let key = header.to_str().ok().filter(|key| (1..=LONGEST).contains(&key.len()));
        let key = key.ok_or_else(unfit)?.to_owned();
        let name = (request.method().to_string(), request.uri().path().to_owned(), key);
        let now = fake.clock().now();
        fake.replies().claim(fake, name, now)
    }

    pub(super) fn store(self, reply: Response<Bytes>) {
        self.fake.replies().store(&self.name, self.number, reply);
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut replies = self.fake.replies();
        if replies.own(&self.name, self.number).is_some_and(|stored| stored.reply.is_none()) {
            replies.forget(self.number);
        }
    }
}

impl Replies {
    pub(crate) fn clear(&mut self) {
        self.stored.clear();
        self.order.clear();
        self.bytes = 0;
    }

    fn claim(&mut self, fake: &Fake, name: Name, now: Timestamp) -> Result<Claim, ApiError> {
        self.expire(now);
        if let Some(stored) = self.stored.get(&name) {
            return stored.reply.clone().map(Claim::Stored).ok_or_else(under_way);
        }
        self.next += 1;
        let number = self.next;
        self.order.insert(number, name.clone());
        self.stored.insert(name.clone(), Stored { number, at: now, reply: None });
        Ok(Claim::New(Ticket { fake: fake.clone(), name, number }))
    }

    /// The entry, if it is still the one that the ticket was given for.
    fn own(&mut self, name: &Name, number: u64) -> Option<&mut Stored> {
        self.stored.get_mut(name).filter(|stored| stored.number == number)
    }

    fn store(&mut self, name: &Name, number: u64, reply: Response<Bytes>) {
        let bytes = reply.body().len();
        let Some(stored) = self.own(name, number) else { return };
        stored.reply = Some(reply);
        self.bytes += bytes;
        while self.bytes > MOST_BYTES {
            let Some((&oldest, _)) = self.order.first_key_value() else { return };
            self.forget(oldest);
        }
    }

    /// Forgets what is too old, or one too many.
    fn expire(&mut self, now: Timestamp) {
        while let Some((&number, name)) = self.order.first_key_value() {
            let kept_until = self.stored.get(name).and_then(|stored| stored.at.checked_add(KEPT));
            if self.order.len() < MOST && kept_until.is_some_and(|until| now < until) {
                return;
            }
            self.forget(number);
        }
    }

    fn forget(&mut self, number: u64) {
        let stored = self.order.remove(&number).and_then(|name| self.stored.remove(&name));
        let reply = stored.and_then(|stored| stored.reply);
        self.bytes -= reply.map_or(0, |reply| reply.body().len());
    }
}

fn unfit() -> ApiError {
    let message = format!("The Idempotency-Key must have 1 to {LONGEST} characters of ASCII");
    ApiError::new(StatusCode::BAD_REQUEST, message)
}

fn under_way() -> ApiError {
    let message = "Conflict: a request with this Idempotency-Key is under way";
    ApiError::new(StatusCode::CONFLICT, message)
}

#[cfg(test)]
mod tests {
    use talon_core::operations::UpdateCustomerProfileV2;
    use talon_core::{OPERATIONS, Operation};

    use super::*;
    use crate::World;

    fn request(path: &str) -> Request<Bytes> {
        let request = Request::put(path).header(IDEMPOTENCY_KEY, "5a3c");
        request.body(Bytes::new()).expect("a request")
    }

    fn claim(fake: &Fake) -> Result<Claim, ApiError> {
        Ticket::claim(fake, UpdateCustomerProfileV2::INFO, &request("/v2/customer_profiles/anna"))
    }

    #[test]
    fn a_repeat_while_the_first_is_under_way_is_a_conflict() {
        let fake = Fake::new(World::new()).expect("a world");
        let Ok(Claim::New(first)) = claim(&fake) else { panic!("it is the first") };

        assert_eq!(claim(&fake).unwrap_err().status(), StatusCode::CONFLICT);

        drop(first);
        assert!(matches!(claim(&fake), Ok(Claim::New(_))));
    }

    #[test]
    fn the_oldest_reply_makes_room() {
        let fake = Fake::new(World::new()).expect("a world");
        for number in 0..=MOST {
            let path = format!("/v2/customer_profiles/{number}");
            let claim = Ticket::claim(&fake, UpdateCustomerProfileV2::INFO, &request(&path));
            let Ok(Claim::New(ticket)) = claim else { panic!("each is the first") };
            ticket.store(Response::default());
        }

        assert_eq!(fake.replies().stored.len(), MOST);
        assert_eq!(fake.replies().order.len(), MOST);
    }

    #[test]
    fn big_replies_make_room_for_each_other() {
        let fake = Fake::new(World::new()).expect("a world");
        for number in 0..10 {
            let path = format!("/v2/customer_profiles/{number}");
            let claim = Ticket::claim(&fake, UpdateCustomerProfileV2::INFO, &request(&path));
            let Ok(Claim::New(ticket)) = claim else { panic!("each is the first") };
            ticket.store(Response::new(Bytes::from(vec![b' '; MOST_BYTES / 4])));
        }

        assert_eq!(fake.replies().stored.len(), 4);
        assert_eq!(fake.replies().bytes, MOST_BYTES);
    }

    #[test]
    fn updates_of_sessions_and_profiles_know_the_header() {
        let known = OPERATIONS.iter().filter(|operation| operation.idempotency_key);

        let known: Vec<_> = known.map(|operation| operation.id).collect();

        assert_eq!(known, ["updateCustomerProfileV2", "updateCustomerSessionV2"]);
    }
}
