//! Parts that commands share: other programs, files of the repository, tables, failures.

pub(crate) mod failure;
pub(crate) mod lock;
pub(crate) mod metadata;
pub(crate) mod modules;
pub(crate) mod shell;
pub(crate) mod table;
pub(crate) mod tool;
pub(crate) mod tree;
