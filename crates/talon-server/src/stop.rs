//! How everything that runs learns that the server stops.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

/// How long closing may take once nothing waits any more. Only a call that blocks its thread
/// takes longer, and nobody can stop that.
const CLOSING: Duration = Duration::from_secs(1);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    Serving,
    /// Running requests may end, new ones are not taken.
    Draining,
    Closed,
}

/// The end that stops. Dropping it closes everything at once.
#[derive(Debug)]
pub(crate) struct Stopper(watch::Sender<Phase>);

/// The end that is told; connections and calls hold one each, as long as they run.
#[derive(Clone, Debug)]
pub(crate) struct Stop(watch::Receiver<Phase>);

impl Stopper {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(Phase::Serving))
    }

    pub(crate) fn listen(&self) -> Stop {
        Stop(self.0.subscribe())
    }

    /// Lets what runs end within `grace`, then closes the rest.
    pub(crate) async fn stop(self, grace: Duration) {
        self.0.send_replace(Phase::Draining);
        if timeout(grace, self.0.closed()).await.is_err() {
            tracing::debug!("requests still running after the grace period are dropped");
            self.0.send_replace(Phase::Closed);
            // Bounded on purpose, so there is nothing to do about the outcome.
            let _ = timeout(CLOSING, self.0.closed()).await;
        }
    }
}

impl Stop {
    /// Returns once no new request shall be taken.
    pub(crate) async fn draining(&mut self) {
        self.reached(Phase::Draining).await;
    }

    /// Returns once even what runs shall be dropped.
    pub(crate) async fn closed(&mut self) {
        self.reached(Phase::Closed).await;
    }

    async fn reached(&mut self, phase: Phase) {
        // An error means that the stopper is gone, and with it the server.
        let _ = self.0.wait_for(|now| *now >= phase).await;
    }
}
