//! `cargo xtask msrv`

use std::fs;

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Failure, Status};
use crate::infra::metadata::{Metadata, Package};
use crate::infra::shell::Shell;

/// The minimum Rust version of all packages that users build
///
/// Needs no older compiler: dependencies state their minimum version, and clippy's
/// `incompatible_msrv` checks which items of the standard library our code uses.
#[derive(clap::Args, Default)]
pub(crate) struct Msrv {}

impl Run for Msrv {
    fn run(&self, shell: &Shell) -> CommandResult {
        let metadata = Metadata::read(shell)?;
        let minimum = minimum(&metadata)?;
        let shipped = metadata.shipped();
        let newer = newer_than(&minimum, &shipped);
        if !newer.is_empty() {
            let list = newer.join("\n  ");
            return Err(Failure::new(format!("the minimum is Rust {minimum}, but\n  {list}")));
        }
        let manifest = fs::read_to_string(shell.root().join("Cargo.toml"))?;
        if !manifest.contains("incompatible_msrv = \"warn\"") {
            return Err(Failure::new("Cargo.toml does not enable clippy::incompatible_msrv"));
        }
        eprintln!("{} packages, none of which needs more than Rust {minimum}", shipped.len());
        Ok(Status::Passed)
    }
}

/// The version that all published crates state.
fn minimum(metadata: &Metadata) -> Result<String, Failure> {
    let mut minimum = None;
    for package in metadata.members().filter(|package| package.is_published) {
        let Some(stated) = &package.rust_version else {
            return Err(Failure::new(format!("{} states no rust-version", package.name)));
        };
        if *minimum.get_or_insert_with(|| stated.clone()) != *stated {
            return Err(Failure::new(format!("{} states another rust-version", package.name)));
        }
    }
    minimum.ok_or_else(|| Failure::new("no crate is published"))
}

fn newer_than(minimum: &str, packages: &[&Package]) -> Vec<String> {
    let stated = packages.iter().filter_map(|it| Some((it, it.rust_version.as_deref()?)));
    let newer = stated.filter(|(_, version)| numbers(version) > numbers(minimum));
    newer.map(|(it, version)| format!("{} {} needs {version}", it.name, it.version)).collect()
}

/// `1.88` and `1.88.0` are the same version.
fn numbers(version: &str) -> [u32; 3] {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    std::array::from_fn(|_| parts.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(numbers("1.100") > numbers("1.88"));
        assert_eq!(numbers("1.88"), numbers("1.88.0"));
    }

    #[test]
    fn a_dependency_that_needs_more_is_named() {
        let needs = |version: &str| Package {
            name: "it".to_owned(),
            version: "2.0.0".to_owned(),
            rust_version: Some(version.to_owned()),
            ..Package::default()
        };

        let newer = newer_than("1.88", &[&needs("1.88.0"), &needs("1.90")]);

        assert_eq!(newer, ["it 2.0.0 needs 1.90"]);
    }
}
