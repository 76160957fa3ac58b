//! The steps of CI.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::{
    advisories, clippy, deny, doc, features, format, minimal_versions, msrv, spelling, tidy, unused,
};
use crate::commands::measure::bench;
use crate::commands::run::{sdks, serde_json_features, test};
use crate::commands::{Run as _, fuzz};
use crate::infra::failure::CommandResult;
use crate::infra::shell::Shell;
use crate::infra::tool::Install;

/// A step of CI.
#[derive(Debug)]
pub(crate) struct Step {
    /// Name in the command line.
    pub(crate) name: &'static str,
    about: &'static str,
    /// Whether it is a static check, and part of `lint`.
    is_lint: bool,
    pub(crate) run: fn(&Shell, Install) -> CommandResult,
}

/// In the order in which they run: quick steps first.
pub(crate) static STEPS: &[Step] = &[
    lint("fmt", "rustfmt, as a check", |shell, _| format::Format::CHECK.run(shell)),
    step("tidy", "Rules of this repository", |shell, _| tidy::Tidy::default().run(shell)),
    lint("spelling", "Spelling, also of identifiers", |shell, install| {
        spelling::Spelling::check(install).run(shell)
    }),
    lint("unused", "Dependencies that nothing uses", |shell, install| {
        unused::Unused { install }.run(shell)
    }),
    step("msrv", "The minimum Rust version", |shell, _| msrv::Msrv::default().run(shell)),
    lint("deny", "Licences, bans and sources of dependencies", |shell, install| {
        deny::Deny { install }.run(shell)
    }),
    step("advisories", "Known vulnerabilities of dependencies", |shell, install| {
        advisories::Advisories { install }.run(shell)
    }),
    lint("clippy", "clippy; warnings are errors", |shell, _| clippy::Clippy::CHECK.run(shell)),
    lint("doc", "rustdoc; warnings are errors", |shell, _| doc::Doc::STRICT.run(shell)),
    step("features", "Each crate alone, with each selection of features", |shell, _| {
        features::Features::default().run(shell)
    }),
    // CI does not install another toolchain.
    step("minimal-versions", "The oldest dependencies that the manifests allow", |shell, _| {
        minimal_versions::MinimalVersions::default().run(shell)
    }),
    step("fuzz-check", "Fuzz targets compile", |shell, _| fuzz::check(shell)),
    step("bench-counts", "Instructions and allocations against the baseline", |shell, install| {
        bench::Bench::checking(install.install).run(shell)
    }),
    step("sdks", "The official SDKs against the served fake", |shell, install| {
        sdks::Sdks::with(install).run(shell)
    }),
    step(
        "serde-json-features",
        "The codec with features that other crates may enable",
        |shell, _| serde_json_features::SerdeJsonFeatures::default().run(shell),
    ),
    step("test", "cargo test --workspace", |shell, _| test::Test::default().run(shell)),
];

const fn step(
    name: &'static str,
    about: &'static str,
    run: fn(&Shell, Install) -> CommandResult,
) -> Step {
    Step { name, about, is_lint: false, run }
}

const fn lint(
    name: &'static str,
    about: &'static str,
    run: fn(&Shell, Install) -> CommandResult,
) -> Step {
    Step { is_lint: true, ..step(name, about, run) }
}

/// The steps of `lint`.
pub(crate) fn lints() -> Vec<&'static Step> {
    STEPS.iter().filter(|step| step.is_lint).collect()
}

/// An argument: the name of a step, or of a group of steps.
#[derive(Clone, Debug)]
pub(crate) struct Choice(String);

impl Choice {
    const LINT: &str = "lint";

    pub(crate) fn contains(&self, step: &Step) -> bool {
        self.0 == step.name || (self.0 == Self::LINT && step.is_lint)
    }

    /// Accepts the name of a step, or `lint`.
    pub(crate) fn parser() -> impl TypedValueParser<Value = Self> {
        let names: Vec<&str> = lints().iter().map(|step| step.name).collect();
        let lint = PossibleValue::new(Self::LINT).help(names.join(", "));
        let steps = STEPS.iter().map(|step| PossibleValue::new(step.name).help(step.about));
        PossibleValuesParser::new(steps.chain([lint])).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lint_names_its_steps_and_no_others() {
        let choice = Choice("lint".to_owned());
        let chosen: Vec<&str> =
            STEPS.iter().filter(|step| choice.contains(step)).map(|step| step.name).collect();

        assert_eq!(chosen, ["fmt", "spelling", "unused", "deny", "clippy", "doc"]);
    }
}
