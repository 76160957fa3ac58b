//! `cargo xtask semver`

use crate::failure::{Done, Failure};
use crate::metadata::Metadata;
use crate::shell::Shell;
use crate::tool::{self, Install};

/// Breaks of the published crates' API since a revision, beyond what their version admits
///
/// A break is admitted when the version in the manifest has moved with it: from 0.1 to 0.2, from 1
/// to 2. Documents each crate twice, which takes minutes.
#[derive(clap::Args)]
pub(crate) struct Semver {
    /// What to compare with: a commit, branch or tag; the last tag when it is left out
    #[arg(long, value_name = "REV")]
    baseline_rev: Option<String>,
    #[command(flatten)]
    install: Install,
}

impl Semver {
    pub(crate) fn run(&self, shell: &Shell) -> Result<Done, Failure> {
        if let Some(skipped) = tool::SEMVER_CHECKS.missing(shell, self.install)? {
            return Ok(skipped);
        }
        let baseline = self.baseline(shell)?;
        let metadata = Metadata::read(shell)?;
        let libraries = metadata.members().filter(|it| it.is_published && it.has_library);
        let packages = libraries.flat_map(|it| ["--package", &it.name]);
        let check = ["semver-checks", "--all-features", "--baseline-rev", &baseline];
        shell.cargo(check.into_iter().chain(packages))?;
        Ok(Done::Passed)
    }

    fn baseline(&self, shell: &Shell) -> Result<String, Failure> {
        if let Some(revision) = &self.baseline_rev {
            return Ok(revision.clone());
        }
        let tag = shell.output("git", ["describe", "--tags", "--abbrev=0"]);
        let tag = tag.map_err(|_| {
            Failure::new("there is no tag to compare with; name a revision: --baseline-rev main")
        })?;
        Ok(String::from_utf8_lossy(&tag).trim().to_owned())
    }
}
