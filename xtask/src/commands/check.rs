//! Commands that check: the steps of CI.

pub(crate) mod advisories;
pub(crate) mod ci;
pub(crate) mod clippy;
pub(crate) mod deny;
pub(crate) mod doc;
pub(crate) mod features;
pub(crate) mod format;
pub(crate) mod lint;
pub(crate) mod minimal_versions;
pub(crate) mod msrv;
pub(crate) mod report;
pub(crate) mod spelling;
pub(crate) mod step;
pub(crate) mod tidy;
pub(crate) mod unused;
