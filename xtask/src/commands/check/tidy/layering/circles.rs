//! No modules depend on each other in a circle, other than a module and those inside it.
//!
//! What a module names counts for its parents too: each circle is reported between children of one
//! module, where it can be broken.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::{self, Write as _};

use super::Source;
use crate::infra::modules::Edge;

/// Dependencies that close a circle and are allowed until they are gone.
pub(super) const KNOWN: &[Known] = &[Known::any("talon-fake/src/lib.rs", "crate::store")];

/// A dependency between two children of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// Root file of the crate, from the folder of the package on.
    root: &'static str,
    parent: &'static str,
    from: &'static str,
    to: &'static str,
}

impl Known {
    const fn new(
        root: &'static str,
        parent: &'static str,
        from: &'static str,
        to: &'static str,
    ) -> Self {
        Self { root, parent, from, to }
    }

    /// Any dependency between children of the module.
    const fn any(root: &'static str, parent: &'static str) -> Self {
        Self::new(root, parent, "*", "*")
    }

    fn is_any(&self) -> bool {
        self.from == "*"
    }

    fn is_in(&self, source: &Source<'_>) -> bool {
        source.root.ends_with(self.root)
    }

    fn closes_circle_in(&self, source: &Source<'_>) -> bool {
        let graphs = if self.is_in(source) { graphs(&source.edges) } else { BTreeMap::new() };
        let graph = graphs.get(self.parent);
        graph.is_some_and(|graph| {
            if self.is_any() {
                return shortest_circle(graph).is_some();
            }
            graph.get(self.from).is_some_and(|it| it.contains_key(self.to))
                && path(graph, self.to, self.from).is_some()
        })
    }
}

impl fmt::Display for Known {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, in {}: {} -> {}", self.root, self.parent, self.from, self.to)
    }
}

pub(super) fn check(sources: &[Source<'_>], known: &[Known]) -> Vec<String> {
    let is_there = |known: &&Known| sources.iter().any(|it| known.closes_circle_in(it));
    let gone = known.iter().filter(|known| !is_there(known));
    let mut findings: Vec<String> =
        gone.map(|known| format!("{known} closes no circle: take it off the list")).collect();
    for source in sources {
        for (parent, mut graph) in graphs(&source.edges) {
            for known in known.iter().filter(|it| it.is_in(source) && it.parent == parent) {
                if known.is_any() {
                    graph.clear();
                }
                graph.entry(known.from).or_default().remove(known.to);
            }
            findings.extend(circles(graph).iter().map(|it| describe(source.root, parent, it)));
        }
    }
    findings
}

/// What a child of a module depends on, each with one place.
type Graph<'a> = BTreeMap<&'a str, BTreeMap<&'a str, &'a Edge>>;

/// Dependencies between children, by their parent.
fn graphs(edges: &[Edge]) -> BTreeMap<&str, Graph<'_>> {
    let mut graphs = BTreeMap::<&str, Graph<'_>>::new();
    for edge in edges {
        let Some(siblings) = edge.siblings() else { continue };
        let graph = graphs.entry(siblings.parent).or_default();
        graph.entry(siblings.from).or_default().entry(siblings.to).or_insert(edge);
    }
    graphs
}

/// A circle of each set of modules that reach each other.
fn circles(mut graph: Graph<'_>) -> Vec<Vec<&Edge>> {
    let mut found = Vec::new();
    while let Some((name, circle)) = shortest_circle(&graph) {
        let reach_each_other = |other: &&str| {
            path(&graph, name, other).is_some() && path(&graph, other, name).is_some()
        };
        let members: Vec<&str> = graph.keys().copied().filter(reach_each_other).collect();
        for member in members {
            graph.remove(member);
        }
        found.push(circle);
    }
    found
}

fn shortest_circle<'a>(graph: &Graph<'a>) -> Option<(&'a str, Vec<&'a Edge>)> {
    let circles = graph.keys().filter_map(|name| Some((*name, path(graph, name, name)?)));
    circles.min_by_key(|(_, circle)| circle.len())
}

/// The shortest way of one dependency at least.
fn path<'a>(graph: &Graph<'a>, from: &str, to: &str) -> Option<Vec<&'a Edge>> {
    let mut queue = VecDeque::from([(from, Vec::new())]);
    let mut seen = BTreeSet::new();
    while let Some((name, way)) = queue.pop_front() {
        for (&next, &edge) in graph.get(name).into_iter().flatten() {
            let way: Vec<&Edge> = way.iter().copied().chain([edge]).collect();
            if next == to {
                return Some(way);
            }
            if seen.insert(next) {
                queue.push_back((next, way));
            }
        }
    }
    None
}

fn describe(root: &str, parent: &str, circle: &[&Edge]) -> String {
    let names = circle.iter().chain(circle.first()).filter_map(|edge| Some(edge.siblings()?.from));
    let names = names.collect::<Vec<_>>().join(" -> ");
    let mut text = format!(
        "{root}: a circle of modules in {parent}: {names}; move what both need into a module below"
    );
    for Edge { from, to, file, line } in circle {
        let _ = write!(text, "\n    {file}:{line}: {from} names {to}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::sources;
    use super::*;
    use crate::infra::modules::ROOT;
    use crate::infra::tree::Tree;

    const ONE_TO_TWO: Known = Known::new("a/src/lib.rs", ROOT, "one", "two");

    fn findings(root: &str, known: &[Known]) -> Vec<String> {
        let tree = Tree::from([("a/Cargo.toml", ""), ("a/src/lib.rs", root)]);
        check(&sources(&tree), known)
    }

    #[test]
    fn modules_that_depend_on_each_other_are_found() {
        let root = "mod one { use crate::two::B; pub struct A; }\n\
            mod two { use super::three; pub struct B; }\n\
            mod three { use crate::one::A; }\nmod four { use crate::one::A; }";

        let circle = "a/src/lib.rs: a circle of modules in crate: one -> two -> three -> one; move \
            what both need into a module below\n    \
            a/src/lib.rs:1: crate::one names crate::two\n    \
            a/src/lib.rs:2: crate::two names crate::three\n    \
            a/src/lib.rs:3: crate::three names crate::one";
        assert_eq!(findings(root, &[]), [circle]);
    }

    #[test]
    fn circles_through_re_exports_and_deeper_modules_are_found() {
        let root = "pub use top::one::inner::A;\nmod top {\n\
            pub mod one { pub mod inner { pub struct A; fn f() { super::super::two::g() } } }\n\
            pub mod two { use crate::A; pub fn g() {} } }";

        let [finding] = &findings(root, &[])[..] else { panic!() };

        let expected = "a/src/lib.rs: a circle of modules in crate::top: one -> two -> one;";
        assert!(finding.starts_with(expected), "{finding}");
    }

    #[test]
    fn two_circles_are_two_findings() {
        let root = "mod one { use crate::two; }\nmod two { use crate::one; }\n\
            mod three { use crate::four; }\nmod four { use crate::three; }";

        assert_eq!(findings(root, &[]).len(), 2);
    }

    #[test]
    fn a_module_and_those_inside_it_may_depend_on_each_other() {
        let root = "mod one { mod inner { use super::A; pub struct B; } use inner::B; pub struct A; }\n\
            struct C; mod two { use crate::C; use crate::one::A; }";

        assert_eq!(findings(root, &[]), [""; 0]);
    }

    #[test]
    fn a_known_circle_is_allowed_while_it_is_there() {
        let circle = "mod one { use super::two; }\nmod two { use super::one; }";
        let line = "mod one { use super::two; }\nmod two {}";

        assert_eq!(findings(circle, &[ONE_TO_TWO]), [""; 0]);
        let expected = "a/src/lib.rs, in crate: one -> two closes no circle: take it off the list";
        assert_eq!(findings(line, &[ONE_TO_TWO]), [expected]);
    }
}
