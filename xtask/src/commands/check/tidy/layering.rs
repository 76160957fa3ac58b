//! Who may depend on whom: crates, and modules within a crate.
//!
//! ARCHITECTURE.md declares the order of both, in tables from top to bottom; what stands in one row
//! does not depend on each other.

use crate::infra::modules::{Edge, Modules, roots};
use crate::infra::tree::Tree;

mod circles;
mod crates;
mod layers;
mod libraries;
mod manifest;
mod order;

pub(super) use manifest::{Manifest, manifests};
mod orphans;

/// A crate as its sources show it.
struct Source<'a> {
    /// The file that cargo compiles.
    root: &'a str,
    modules: Modules,
    edges: Vec<Edge>,
}

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let sources = sources(tree);
    let mut findings = crates::check(tree);
    findings.extend(libraries::check(tree));
    for source in &sources {
        let unreadable = source.modules.unreadable().iter();
        findings.extend(unreadable.map(|path| format!("{path} cannot be read as Rust")));
    }
    findings.extend(layers::check(tree, &sources, layers::KNOWN));
    findings.extend(circles::check(&sources));
    findings.extend(orphans::check(tree, &sources));
    findings
}

fn sources(tree: &Tree) -> Vec<Source<'_>> {
    let read = |root| {
        let modules = Modules::read(tree, root);
        Source { root, edges: modules.edges(), modules }
    };
    roots(tree).into_iter().map(read).collect()
}
