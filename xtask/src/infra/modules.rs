//! Modules of a crate, and which module names an item of which other one.
//!
//! Sources are read as tokens: comments, strings and links of the documentation name nothing, and
//! code inside macros counts. Code for tests alone (`#[cfg(test)]`) is left out.

use std::collections::{BTreeMap, BTreeSet};

use crate::infra::tree::Tree;

mod resolve;
mod roots;
mod scan;
mod use_tree;

pub(crate) use roots::roots;

/// The module of the root file, as paths name it.
pub(crate) const ROOT: &str = "crate";

/// Modules of one crate by path, such as `crate::retry::decision`.
#[derive(Default)]
pub(crate) struct Modules {
    by_path: BTreeMap<String, Module>,
    /// Macros of the whole crate, by the module that defines them.
    exported_macros: BTreeMap<String, String>,
    /// Files that belong to the crate, those for tests alone included.
    files: BTreeSet<String>,
    /// Files that are not Rust.
    unreadable: Vec<String>,
}

/// What the source of a module says.
#[derive(Default)]
struct Module {
    file: String,
    /// Items that the module defines itself.
    definitions: BTreeSet<String>,
    /// Names that `use` declares, with what they stand for.
    imports: BTreeMap<String, Vec<String>>,
    /// Modules whose names are all imported.
    globs: Vec<Vec<String>>,
    mentions: Vec<Mention>,
}

/// A path in the source, as it is written.
struct Mention {
    path: Vec<String>,
    line: usize,
}

/// One module names an item of another one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edge {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) file: String,
    pub(crate) line: usize,
}

impl Modules {
    /// Reads the root file of a crate, and those of its modules.
    pub(crate) fn read(tree: &Tree, root: &str) -> Self {
        let mut modules = Self::default();
        let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
        scan::read_file(&mut modules, tree, scan::File { path: root, folder, module: ROOT });
        modules
    }

    pub(crate) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str)
    }

    /// Files that could not be read as Rust.
    pub(crate) fn unreadable(&self) -> &[String] {
        &self.unreadable
    }

    /// Names of the modules that the module declares.
    pub(crate) fn children(&self, module: &str) -> Vec<&str> {
        let paths = self.by_path.keys().filter_map(|path| path.rsplit_once("::"));
        paths.filter(|(parent, _)| *parent == module).map(|(_, name)| name).collect()
    }

    /// Each place where a module names an item of another module of this crate.
    pub(crate) fn edges(&self) -> Vec<Edge> {
        let mut edges = Vec::new();
        for (from, module) in &self.by_path {
            for mention in &module.mentions {
                let Some(to) = self.resolve(from, &mention.path) else { continue };
                if to != *from {
                    let (file, line) = (module.file.clone(), mention.line);
                    edges.push(Edge { from: from.clone(), to, file, line });
                }
            }
        }
        edges.dedup();
        edges
    }
}

impl Edge {
    /// The innermost module that holds both, with the names of the children that lead to them.
    ///
    /// `None` where one module is inside the other.
    pub(crate) fn siblings(&self) -> Option<Siblings<'_>> {
        let mut common = 0;
        let (mut from, mut to) = (self.from.split("::"), self.to.split("::"));
        loop {
            let (from, to) = (from.next()?, to.next()?);
            if from != to {
                let parent = self.from[..common].trim_end_matches(':');
                return Some(Siblings { parent, from, to });
            }
            common += from.len() + "::".len();
        }
    }
}

/// Two modules of the same parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Siblings<'a> {
    pub(crate) parent: &'a str,
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges<const N: usize>(files: [(&str, &str); N]) -> Vec<String> {
        let modules = Modules::read(&Tree::from(files), "a/src/lib.rs");
        assert_eq!(modules.unreadable(), [""; 0]);
        let edges = modules.edges().into_iter();
        edges.map(|it| format!("{}:{} {} -> {}", it.file, it.line, it.from, it.to)).collect()
    }

    #[test]
    fn a_path_leads_to_the_module_that_defines_the_item() {
        let root = "mod one;\nmod two;\npub use two::Thing;\n";
        let one = "use crate::Thing;\n\nfn f() { super::two::g(); }\n";
        let two = "pub struct Thing;\npub fn g() {}\n";

        let edges = edges([("a/src/lib.rs", root), ("a/src/one.rs", one), ("a/src/two.rs", two)]);

        assert_eq!(
            edges,
            [
                "a/src/lib.rs:3 crate -> crate::two",
                "a/src/one.rs:1 crate::one -> crate::two",
                "a/src/one.rs:3 crate::one -> crate::two",
            ]
        );
    }

    #[test]
    fn groups_and_globs_are_followed() {
        let root = "mod one { use crate::two::{self, inner::{Deep, Other as O}}; }\n\
            mod two { pub use self::inner::*;\n pub mod inner { model! { pub struct Deep {} } } }\n\
            mod three { use crate::two::*; fn f(_: super::two::Deep) {} }";

        let edges = edges([("a/src/lib.rs", root)]);

        assert_eq!(
            edges,
            [
                "a/src/lib.rs:1 crate::one -> crate::two",
                "a/src/lib.rs:1 crate::one -> crate::two::inner",
                "a/src/lib.rs:4 crate::three -> crate::two",
                "a/src/lib.rs:4 crate::three -> crate::two::inner",
                "a/src/lib.rs:2 crate::two -> crate::two::inner",
            ]
        );
    }

    #[test]
    fn tests_comments_strings_and_other_crates_name_nothing() {
        let root = "mod one;\nmod two {}\n#[cfg(test)]\nmod tests { use crate::two; }\n";
        let one = "//! [two](crate::two)\nuse two::Other;\nconst S: &str = \"crate::two\";\n\
            #[cfg(test)]\nuse {crate::two, std::fmt};\n#[cfg(test)]\nfn f() { crate::two::g() }\n";

        let modules = Modules::read(
            &Tree::from([("a/src/lib.rs", root), ("a/src/one.rs", one)]),
            "a/src/lib.rs",
        );

        assert_eq!(modules.edges(), []);
        assert_eq!(modules.children(ROOT), ["one", "two"]);
    }

    #[test]
    fn macros_name_what_their_bodies_name() {
        let root = "mod one { #[macro_export] macro_rules! make { () => { $crate::two::Thing } } }\n\
            mod two { pub struct Thing; }\nmod three { fn f() { crate::make!() } }";

        let edges = edges([("a/src/lib.rs", root)]);

        assert_eq!(
            edges,
            [
                "a/src/lib.rs:1 crate::one -> crate::two",
                "a/src/lib.rs:3 crate::three -> crate::one",
            ]
        );
    }

    #[test]
    fn siblings_are_below_the_innermost_module_that_holds_both() {
        let edge = |from: &str, to: &str| Edge {
            from: from.to_owned(),
            to: to.to_owned(),
            file: String::new(),
            line: 1,
        };

        let siblings = edge("crate::a::b::c", "crate::a::d");

        let expected = Siblings { parent: "crate::a", from: "b", to: "d" };
        assert_eq!(siblings.siblings(), Some(expected));
        assert_eq!(edge("crate::a", "crate::a::b").siblings(), None);
        assert_eq!(edge("crate::a", "crate").siblings(), None);
        assert_eq!(edge("crate::a", "crate::ab").siblings().map(|it| it.to), Some("ab"));
    }
}
