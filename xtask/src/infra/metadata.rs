//! Metadata of the workspace, from cargo.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::infra::failure::Failure;
use crate::infra::shell::Shell;

/// Packages by id, and their dependencies.
pub(crate) struct Metadata {
    packages: BTreeMap<String, Package>,
    members: Vec<String>,
    /// Dependencies without dev-dependencies.
    dependencies: BTreeMap<String, Vec<String>>,
}

/// One package.
#[derive(Clone, Debug, Default)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) rust_version: Option<String>,
    pub(crate) features: Vec<String>,
    pub(crate) is_published: bool,
    pub(crate) has_library: bool,
}

impl Metadata {
    pub(crate) fn read(shell: &Shell) -> Result<Self, Failure> {
        let json =
            shell.output("cargo", ["metadata", "--format-version", "1", "--all-features"])?;
        Ok(Self::from_json(&serde_json::from_slice(&json)?))
    }

    fn from_json(json: &Value) -> Self {
        let packages = list(&json["packages"]).map(|it| (text(&it["id"]), Package::from_json(it)));
        let nodes = list(&json["resolve"]["nodes"]);
        Self {
            packages: packages.collect(),
            members: list(&json["workspace_members"]).map(text).collect(),
            dependencies: nodes.map(|node| (text(&node["id"]), dependencies(node))).collect(),
        }
    }

    /// Packages of this workspace.
    pub(crate) fn members(&self) -> impl Iterator<Item = &Package> {
        self.members.iter().filter_map(|id| self.packages.get(id))
    }

    /// All packages that a user of our published packages builds, including ours.
    pub(crate) fn shipped(&self) -> Vec<&Package> {
        let is_published = |id: &&String| self.packages.get(*id).is_some_and(|it| it.is_published);
        let mut found: BTreeSet<&String> = self.members.iter().filter(is_published).collect();
        let mut open: Vec<&String> = found.iter().copied().collect();
        while let Some(id) = open.pop() {
            let further = self.dependencies.get(id).into_iter().flatten();
            open.extend(further.filter(|id| found.insert(id)));
        }
        found.into_iter().filter_map(|id| self.packages.get(id)).collect()
    }
}

impl Package {
    fn from_json(json: &Value) -> Self {
        let features = json["features"].as_object().into_iter().flatten();
        let names = features.map(|(name, _)| name.clone()).filter(|name| name != "default");
        Self {
            name: text(&json["name"]),
            version: text(&json["version"]),
            rust_version: json["rust_version"].as_str().map(ToOwned::to_owned),
            features: names.collect(),
            // `publish = false` is an empty list of registries.
            is_published: json["publish"].is_null(),
            has_library: list(&json["targets"])
                .any(|target| list(&target["kind"]).any(|kind| kind == "lib")),
        }
    }
}

fn dependencies(node: &Value) -> Vec<String> {
    let is_shipped = |it: &&Value| list(&it["dep_kinds"]).any(|kind| kind["kind"] != "dev");
    list(&node["deps"]).filter(is_shipped).map(|it| text(&it["pkg"])).collect()
}

fn list(json: &Value) -> impl Iterator<Item = &Value> {
    json.as_array().into_iter().flatten()
}

fn text(json: &Value) -> String {
    json.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn dependencies_of_tests_are_not_shipped() {
        let package = |id| json!({"id": id, "name": id, "version": "1.0.0", "publish": null});
        let metadata = Metadata::from_json(&json!({
            "packages": [package("ours"), package("used"), package("tested-with")],
            "workspace_members": ["ours"],
            "resolve": {"nodes": [{"id": "ours", "deps": [
                {"pkg": "used", "dep_kinds": [{"kind": null}]},
                {"pkg": "tested-with", "dep_kinds": [{"kind": "dev"}]},
            ]}]},
        }));

        let names: Vec<_> = metadata.shipped().into_iter().map(|it| it.name.as_str()).collect();

        assert_eq!(names, ["ours", "used"]);
    }
}
