//! `cargo xtask tidy`

use talon_core::OPERATIONS;

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Failure, Status};
use crate::infra::shell::Shell;
use crate::infra::tree::Tree;

mod cases;
mod commands;
mod contributing;
mod defaults;
mod documents;
mod fixtures;
mod layering;
mod length;
mod links;
mod operations;
mod readme;
mod security;
mod targets;
mod versions;

/// Rules of this repository that no compiler checks
///
/// Every operation has its file, its fixtures, its conformance cases and its row in the README.
/// Every fuzz target has its property and its corpus. Crates and modules depend only on those below
/// them, as ARCHITECTURE.md orders them, and no modules form a circle. Documents are true: commands,
/// links, files and tests that they name exist, and defaults are those of the code. Every shared
/// version is used. No file is too long.
///
/// With the variable `TALON_UPDATE` it writes the README's table of operations, which is generated.
#[derive(clap::Args, Default)]
pub(crate) struct Tidy {}

/// Returns findings, each of them a message.
type Check = fn(&Tree) -> Vec<String>;

const CHECKS: &[Check] = &[
    operations::check,
    fixtures::check,
    cases::check,
    readme::check,
    contributing::check,
    versions::check,
    targets::check,
    layering::check,
    defaults::check,
    documents::check,
    links::check,
    commands::check,
    length::check,
    security::check,
];

/// Files that must exist at the root.
const DOCUMENTS: &[&str] = &[
    "ARCHITECTURE.md",
    "BENCHMARKS.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "SECURITY.md",
];

impl Run for Tidy {
    fn run(&self, shell: &Shell) -> CommandResult {
        readme::update(shell, &Tree::read(shell)?)?;
        let tree = Tree::read(shell)?;
        let missing = DOCUMENTS.iter().filter(|name| !tree.contains(name));
        let mut findings: Vec<String> = missing.map(|name| format!("{name} is missing")).collect();
        findings.extend(CHECKS.iter().flat_map(|check| check(&tree)));
        for finding in &findings {
            eprintln!("{finding}");
        }
        match findings.len() {
            0 => {
                eprintln!("{} operations, {} checks: tidy", OPERATIONS.len(), CHECKS.len());
                Ok(Status::Passed)
            }
            1 => Err(Failure::new("a rule is broken")),
            several => Err(Failure::new(format!("{several} rules are broken"))),
        }
    }
}
