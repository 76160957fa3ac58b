//! At most so many calls at once for one session or profile, first come, first served.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use talon_core::operation::Subject;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A queue for each subject that anyone is calling about; others take no memory.
#[derive(Debug)]
pub(super) struct Limiter {
    most: usize,
    queues: Mutex<BTreeMap<Subject, Arc<Semaphore>>>,
}

impl Limiter {
    /// Lets `most` calls through at once, at least one.
    pub(super) fn new(most: usize) -> Self {
        Self { most: most.clamp(1, Semaphore::MAX_PERMITS), queues: Mutex::default() }
    }

    /// Waits until it is this call's turn at each of `subjects`; the places are given up on drop.
    pub(super) async fn enter(&self, mut subjects: Vec<Subject>) -> Vec<Place<'_>> {
        // In the same order for everyone: two calls never hold what the other waits for.
        subjects.sort();
        subjects.dedup();
        let mut places = Vec::with_capacity(subjects.len());
        for subject in subjects {
            places.push(self.queue_up(subject).await);
        }
        places
    }

    async fn queue_up(&self, subject: Subject) -> Place<'_> {
        let queue = {
            let mut queues = self.queues();
            let queue = queues.entry(subject.clone());
            queue.or_insert_with(|| Arc::new(Semaphore::new(self.most))).clone()
        };
        // Made before the wait, so that whoever stops waiting tidies up as well.
        let mut place = Place { limiter: self, subject, queue, turn: None };
        let turn = Arc::clone(&place.queue).acquire_owned().await;
        place.turn = Some(turn.expect("queues are never closed"));
        place
    }

    fn queues(&self) -> MutexGuard<'_, BTreeMap<Subject, Arc<Semaphore>>> {
        self.queues.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place in a queue, at its head once it has its turn.
#[derive(Debug)]
pub(super) struct Place<'a> {
    limiter: &'a Limiter,
    subject: Subject,
    queue: Arc<Semaphore>,
    turn: Option<OwnedSemaphorePermit>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        drop(self.turn.take());
        let mut queues = self.limiter.queues();
        // The map's and this one: nobody else waits, and nobody can begin to while it is locked.
        if Arc::strong_count(&self.queue) == 2 {
            queues.remove(&self.subject);
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
        let first = limiter.enter(vec![session("a")]).await;
        let _second = limiter.enter(vec![session("a")]).await;

        assert!(timeout(SOON, limiter.enter(vec![session("a")])).await.is_err());
        drop(first);
        assert!(timeout(SOON, limiter.enter(vec![session("a")])).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn others_do_not_wait() {
        let limiter = Limiter::new(1);
        let _a = limiter.enter(vec![session("a"), Subject::Profile("anna".into())]).await;

        assert!(timeout(SOON, limiter.enter(vec![session("b")])).await.is_ok());
        assert!(timeout(SOON, limiter.enter(Vec::new())).await.is_ok());
        let anna = vec![session("b"), Subject::Profile("anna".into())];
        assert!(timeout(SOON, limiter.enter(anna)).await.is_err());
    }

    #[tokio::test(start_paused = true)]
    async fn a_subject_named_twice_is_one() {
        let limiter = Limiter::new(1);

        let twice = limiter.enter(vec![session("a"), session("a")]);

        assert!(timeout(SOON, twice).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_came_first_goes_first() {
        let limiter = Arc::new(Limiter::new(1));
        let held = limiter.enter(vec![session("a")]).await;
        let order = Arc::new(Mutex::new(Vec::new()));
        let mut tasks = tokio::task::JoinSet::new();
        for number in 0..5 {
            let (limiter, order) = (Arc::clone(&limiter), Arc::clone(&order));
            tasks.spawn(async move {
                let _place = limiter.enter(vec![session("a")]).await;
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
        let held = limiter.enter(vec![session("a")]).await;
        assert!(timeout(SOON, limiter.enter(vec![session("a"), session("b")])).await.is_err());
        assert_eq!(limiter.queues().len(), 1);

        drop(held);

        assert!(limiter.queues().is_empty());
    }
}
