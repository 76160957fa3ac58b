//! Tells connections and calls that the server shuts down.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

/// Longest wait for connections to close after the grace period. Only a call that blocks its thread
/// takes longer, and it cannot be cancelled.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    Serving,
    /// Running requests may complete; no new ones are accepted.
    Draining,
    Closed,
}

/// The sending side. Dropping it closes everything at once.
#[derive(Debug)]
pub(crate) struct ShutdownSender(watch::Sender<Phase>);

/// The receiving side. Each connection and each call holds one while it runs.
#[derive(Clone, Debug)]
pub(crate) struct ShutdownSignal(watch::Receiver<Phase>);

impl ShutdownSender {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(Phase::Serving))
    }

    pub(crate) fn subscribe(&self) -> ShutdownSignal {
        ShutdownSignal(self.0.subscribe())
    }

    /// Lets running requests complete within `grace`, then drops the rest.
    pub(crate) async fn shut_down(self, grace: Duration) {
        self.0.send_replace(Phase::Draining);
        if timeout(grace, self.0.closed()).await.is_err() {
            tracing::debug!("requests still running after the grace period are dropped");
            self.0.send_replace(Phase::Closed);
            // The wait is bounded; there is nothing to do when it is over.
            let _ = timeout(CLOSE_TIMEOUT, self.0.closed()).await;
        }
    }
}

impl ShutdownSignal {
    /// Completes once no new request is to be accepted.
    pub(crate) async fn wait_for_drain(&mut self) {
        self.wait_for(Phase::Draining).await;
    }

    /// Completes once running requests are to be dropped.
    pub(crate) async fn wait_for_close(&mut self) {
        self.wait_for(Phase::Closed).await;
    }

    async fn wait_for(&mut self, phase: Phase) {
        // An error means that the sender, and with it the server, was dropped.
        let _ = self.0.wait_for(|now| *now >= phase).await;
    }
}
