//! A crate depends on crates below it only, and a published one on published ones.

use super::manifest::{Manifest, manifests};
use super::order::{DOCUMENT, Order, orders};
use crate::infra::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let manifests = manifests(tree);
    let names: Vec<&str> = manifests.iter().map(|it| it.name).collect();
    let Some(order) = orders(tree).into_iter().find(|it| it.title == "crates") else {
        return vec![format!("{DOCUMENT} does not order the crates: there is no table of them")];
    };
    let mut findings = order.check_names(&names);
    for manifest in &manifests {
        let dependencies = manifests.iter().filter(|it| manifest.dependencies.contains(&it.name));
        findings.extend(dependencies.filter_map(|it| check_dependency(&order, manifest, it)));
    }
    findings
}

fn check_dependency(order: &Order, from: &Manifest<'_>, to: &Manifest<'_>) -> Option<String> {
    let Manifest { path, name, .. } = from;
    if from.is_published && !to.is_published {
        return Some(format!(
            "{path}: {name} is published, and depends on {}, which is not",
            to.name
        ));
    }
    (!order.allows(from.name, to.name)).then(|| {
        format!("{path}: {name} depends on {}, which {DOCUMENT} does not put below it", to.name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ORDER: &str = "| crates, top to bottom |\n|---|\n| `suite` |\n| `client` |\n| `core` |\n";

    fn findings(core: &str) -> Vec<String> {
        let core = format!("[package]\nname = \"core\"\n{core}");
        check(&Tree::from([
            (DOCUMENT, ORDER),
            ("crates/core/Cargo.toml", &*core),
            (
                "crates/client/Cargo.toml",
                "[package]\nname = \"client\"\n[dependencies]\ncore.workspace = true\n",
            ),
            ("crates/suite/Cargo.toml", "[package]\nname = \"suite\"\npublish = false\n"),
        ]))
    }

    #[test]
    fn a_crate_may_use_those_below_and_any_for_its_tests() {
        assert_eq!(findings("[dev-dependencies]\nsuite = { path = \"..\" }\n"), [""; 0]);
    }

    #[test]
    fn a_dependency_upwards_is_found() {
        let expected = "crates/core/Cargo.toml: core depends on client, which ARCHITECTURE.md does \
                        not put below it";
        assert_eq!(findings("[dependencies]\nclient.workspace = true\n"), [expected]);
    }

    #[test]
    fn a_published_crate_does_not_depend_on_one_for_tests() {
        let expected =
            "crates/core/Cargo.toml: core is published, and depends on suite, which is not";
        assert_eq!(findings("[dependencies]\nsuite.workspace = true\n"), [expected]);
    }

    #[test]
    fn no_order_is_found() {
        assert_eq!(check(&Tree::default()).len(), 1);
    }
}
