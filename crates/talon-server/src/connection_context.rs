//! What the requests of a connection share.

use std::sync::Arc;

use crate::memory_budget::MemoryBudget;
use crate::shutdown::ShutdownSignal;
use crate::{ServerConfig, Service};

/// What the requests of a connection share.
#[derive(Debug)]
pub(crate) struct ConnectionContext {
    pub(crate) service: Arc<dyn Service>,
    pub(crate) config: Arc<ServerConfig>,
    pub(crate) budget: Arc<MemoryBudget>,
    pub(crate) shutdown: ShutdownSignal,
}
