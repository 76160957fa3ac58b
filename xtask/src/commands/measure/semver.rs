//! `cargo xtask semver`

use crate::commands::Run;
use crate::infra::failure::{CommandResult, Failure, Status};
use crate::infra::metadata::Metadata;
use crate::infra::shell::Shell;
use crate::infra::tool::{self, Install};

/// Breaking changes of the published crates since a revision that their versions do not allow
///
/// A breaking change is allowed if the version in the manifest has changed accordingly: from 0.1 to
/// 0.2, from 1 to 2. Builds the documentation of each crate twice, which takes minutes.
#[derive(clap::Args)]
pub(crate) struct Semver {
    /// Commit, branch or tag to compare with; the last tag by default
    #[arg(long, value_name = "REV")]
    baseline_rev: Option<String>,
    #[command(flatten)]
    install: Install,
}

impl Semver {
    fn baseline(&self, shell: &Shell) -> Result<Baseline, Failure> {
        if let Some(revision) = &self.baseline_rev {
            return Baseline::named(shell, revision);
        }
        let tag = shell.output("git", ["describe", "--tags", "--abbrev=0"]);
        let tag = tag.map_err(|_| {
            Failure::new("there is no tag to compare with; name a revision: --baseline-rev main")
        })?;
        Baseline::named(shell, String::from_utf8_lossy(&tag).trim())
    }
}

impl Run for Semver {
    fn run(&self, shell: &Shell) -> CommandResult {
        // Before the tool, whose installation takes long.
        let baseline = self.baseline(shell)?;
        if let Some(skipped) = tool::SEMVER_CHECKS.missing(shell, self.install)? {
            return Ok(skipped);
        }
        let metadata = Metadata::read(shell)?;
        let libraries = metadata.members().filter(|it| it.is_published && it.has_library);
        let names = libraries.map(|it| it.name.as_str());
        let (old, new): (Vec<_>, Vec<_>) = names.partition(|name| baseline.has(shell, name));
        for name in new {
            eprintln!("{name} is newer than {}", baseline.name);
        }
        if old.is_empty() {
            return Ok(Status::Skipped(format!("{} has none of the crates", baseline.name)));
        }
        let check = ["semver-checks", "--all-features", "--baseline-rev", &baseline.commit];
        let packages = old.into_iter().flat_map(|name| ["--package", name]);
        shell.cargo(check.into_iter().chain(packages))?;
        Ok(Status::Passed)
    }
}

/// The revision to compare with.
#[derive(Debug)]
struct Baseline {
    name: String,
    commit: String,
}

impl Baseline {
    fn named(shell: &Shell, name: &str) -> Result<Self, Failure> {
        let commit = format!("{name}^{{commit}}");
        let commit = shell.output("git", ["rev-parse", "--verify", "--quiet", &commit]);
        let commit = commit.map_err(|_| Failure::new(format!("there is no revision {name}")))?;
        let commit = String::from_utf8_lossy(&commit).trim().to_owned();
        Ok(Self { name: name.to_owned(), commit })
    }

    /// Whether the revision has the crate.
    fn has(&self, shell: &Shell, name: &str) -> bool {
        let manifest = format!("{}:crates/{name}/Cargo.toml", self.commit);
        shell.output("git", ["cat-file", "-e", &manifest]).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_revision_is_named_in_the_failure() {
        let failure = Baseline::named(&Shell::with_stdout(false), "no-such-branch").unwrap_err();

        assert_eq!(failure.to_string(), "there is no revision no-such-branch");
    }
}
