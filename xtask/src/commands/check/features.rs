//! `cargo xtask features`

use std::collections::BTreeSet;

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Status};
use crate::infra::metadata::{Metadata, Package};
use crate::infra::shell::Shell;

/// Each crate alone: without features, with each feature, with all features
///
/// Crates of one workspace share the features of their dependencies, so a missing feature is not
/// noticed there. Warnings are errors.
#[derive(clap::Args, Default)]
pub(crate) struct Features {}

impl Run for Features {
    fn run(&self, shell: &Shell) -> CommandResult {
        let metadata = Metadata::read(shell)?;
        let published = metadata.members().filter(|package| package.is_published);
        let pairs: Vec<(&Package, String)> = published
            .flat_map(|package| selections(package).into_iter().map(move |it| (package, it)))
            .collect();
        for (index, (package, features)) in pairs.iter().enumerate() {
            eprintln!("{} of {}:", index + 1, pairs.len());
            let package = ["clippy", "--package", &package.name, "--no-default-features"];
            let features = ["--features", features, "--", "-D", "warnings"];
            shell.cargo(package.into_iter().chain(features))?;
        }
        Ok(Status::Passed)
    }
}

/// Lists of features to check, in the format of cargo, without duplicates.
fn selections(package: &Package) -> BTreeSet<String> {
    let none_and_all = [String::new(), package.features.join(",")];
    package.features.iter().cloned().chain(none_and_all).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selections_of(features: &[&str]) -> Vec<String> {
        let features = features.iter().map(|&name| name.to_owned()).collect();
        selections(&Package { features, ..Package::default() }).into_iter().collect()
    }

    #[test]
    fn none_each_and_all_are_selected_once() {
        assert_eq!(selections_of(&[]), [""]);
        assert_eq!(selections_of(&["a"]), ["", "a"]);
        assert_eq!(selections_of(&["a", "b"]), ["", "a", "a,b", "b"]);
    }
}
