//! Limits how many calls for one session or profile run at once; the others wait in order of
//! arrival.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use talon_core::operation::Subject;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A semaphore for each session or profile that has calls under way; others take no memory.
#[derive(Debug)]
pub(super) struct Limiter {
    max_permits: usize,
    semaphores: Mutex<BTreeMap<Subject, Arc<Semaphore>>>,
}

impl Limiter {
    /// Lets `max_permits` calls for a subject run at once, at least one.
    pub(super) fn new(max_permits: usize) -> Self {
        Self {
            max_permits: max_permits.clamp(1, Semaphore::MAX_PERMITS),
            semaphores: Mutex::default(),
        }
    }

    /// Waits for a permit of each of `subjects`; dropping the permits releases them.
    pub(super) async fn acquire(&self, mut subjects: Vec<Subject>) -> Vec<Permit<'_>> {
        // All calls acquire in the same order, so two calls never wait for each other.
        subjects.sort();
        subjects.dedup();
        let mut permits = Vec::with_capacity(subjects.len());
        for subject in subjects {
            permits.push(self.acquire_one(subject).await);
        }
        permits
    }

    async fn acquire_one(&self, subject: Subject) -> Permit<'_> {
        let semaphore = {
            let mut semaphores = self.semaphores();
            let semaphore = semaphores.entry(subject.clone());
            semaphore.or_insert_with(|| Arc::new(Semaphore::new(self.max_permits))).clone()
        };
        // Created before the wait, so that a cancelled wait removes the semaphore as well.
        let mut permit = Permit { limiter: self, subject, semaphore, inner: None };
        let inner = Arc::clone(&permit.semaphore).acquire_owned().await;
        permit.inner = Some(inner.expect("semaphores are never closed"));
        permit
    }

    fn semaphores(&self) -> MutexGuard<'_, BTreeMap<Subject, Arc<Semaphore>>> {
        self.semaphores.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A call's permit for one subject; `inner` is `None` while the call waits for it.
#[derive(Debug)]
pub(super) struct Permit<'a> {
    limiter: &'a Limiter,
    subject: Subject,
    semaphore: Arc<Semaphore>,
    inner: Option<OwnedSemaphorePermit>,
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        drop(self.inner.take());
        let mut semaphores = self.limiter.semaphores();
        // Two references are the map's and this one: no other call holds or waits for a permit, and
        // none can start to while the map is locked.
        if Arc::strong_count(&self.semaphore) == 2 {
            semaphores.remove(&self.subject);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    const SOON: Duration = Duration::from_millis(10);

    fn session(id: &str) -> Subject {
        Subject::Session(id.into())
    }

    #[tokio::test(start_paused = true)]
    async fn the_next_one_waits() {
        let limiter = Limiter::new(2);
        let first = limiter.acquire(vec![session("a")]).await;
        let _second = limiter.acquire(vec![session("a")]).await;

        assert!(timeout(SOON, limiter.acquire(vec![session("a")])).await.is_err());
        drop(first);
        assert!(timeout(SOON, limiter.acquire(vec![session("a")])).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn others_do_not_wait() {
        let limiter = Limiter::new(1);
        let _a = limiter.acquire(vec![session("a"), Subject::Profile("anna".into())]).await;

        assert!(timeout(SOON, limiter.acquire(vec![session("b")])).await.is_ok());
        assert!(timeout(SOON, limiter.acquire(Vec::new())).await.is_ok());
        let anna = vec![session("b"), Subject::Profile("anna".into())];
        assert!(timeout(SOON, limiter.acquire(anna)).await.is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn a_subject_named_twice_is_one() {
        let limiter = Limiter::new(1);

        let twice = limiter.acquire(vec![session("a"), session("a")]);

        assert!(timeout(SOON, twice).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_came_first_goes_first() {
        let limiter = Arc::new(Limiter::new(1));
        let held = limiter.acquire(vec![session("a")]).await;
        let order = Arc::new(Mutex::new(Vec::new()));
        let mut tasks = tokio::task::JoinSet::new();
        for number in 0..5 {
            let (limiter, order) = (Arc::clone(&limiter), Arc::clone(&order));
            tasks.spawn(async move {
                let _permit = limiter.acquire(vec![session("a")]).await;
                order.lock().unwrap().push(number);
            });
            tokio::task::yield_now().await;
        }

        drop(held);
        tasks.join_all().await;

        assert_eq!(*order.lock().unwrap(), [0, 1, 2, 3, 4]);
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_is_left_behind() {
        let limiter = Limiter::new(1);
        let held = limiter.acquire(vec![session("a")]).await;
        assert!(timeout(SOON, limiter.acquire(vec![session("a"), session("b")])).await.is_err());
        assert_eq!(limiter.semaphores().len(), 1);

        drop(held);

        assert!(limiter.semaphores().is_empty());
    }
}
