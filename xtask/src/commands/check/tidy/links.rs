//! Links between documents.

use crate::infra::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let documents = tree.with_extension("md");
    let links = documents.flat_map(|(path, text)| links(text).map(move |link| (path, link)));
    let broken = links.filter(|(path, link)| !is_valid(tree, path, link));
    broken.map(|(path, link)| format!("{path} links to {link}, which does not exist")).collect()
}

/// Targets of `[text](target)`.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split(')').next())
}

fn is_valid(tree: &Tree, document: &str, link: &str) -> bool {
    let target = link.split('#').next().unwrap_or_default();
    if target.is_empty() || target.contains("://") || target.contains("::") {
        return true;
    }
    let path = resolve(document, target);
    tree.contains(&path) || tree.has_folder(&path)
}

/// Path from the root of a target that `document` links to.
fn resolve(document: &str, target: &str) -> String {
    let mut folder: Vec<&str> = document.split('/').collect();
    folder.pop();
    for name in target.trim_end_matches('/').split('/') {
        match name {
            "." => {}
            ".." => drop(folder.pop()),
            name => folder.push(name),
        }
    }
    folder.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(link: &str) -> usize {
        let text = format!("See [this]({link}).");
        check(&Tree::from([("crates/a/README.md", &*text), ("crates/b/src/lib.rs", "")])).len()
    }

    #[test]
    fn files_folders_and_other_sites_are_fine() {
        for link in ["../b/src/lib.rs", "../b", "../b/#part", "#part", "https://docs.talon.one"] {
            assert_eq!(findings(link), 0, "{link}");
        }
    }

    #[test]
    fn a_link_to_nothing_is_found() {
        assert_eq!(findings("../c"), 1);
        assert_eq!(findings("src/lib.rs"), 1);
    }
}
