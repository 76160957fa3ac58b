//! No modules depend on each other in a circle, other than a module and those inside it.
//!
//! What a module names counts for its parents too: each circle is reported between children of one
//! module, where it can be broken.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write as _;

use super::Source;
use crate::infra::modules::Edge;

pub(super) fn check(sources: &[Source<'_>]) -> Vec<String> {
    let graphs = sources.iter().flat_map(|source| {
        let of_source = graphs(&source.edges).into_iter();
        of_source.map(|(parent, graph)| (source.root, parent, graph))
    });
    let findings = graphs.flat_map(|(root, parent, graph)| {
        circles(graph).into_iter().map(move |circle| describe(root, parent, &circle))
    });
    findings.collect()
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
    use crate::infra::tree::Tree;

    fn findings(root: &str) -> Vec<String> {
        let tree = Tree::from([("a/Cargo.toml", ""), ("a/src/lib.rs", root)]);
        check(&sources(&tree))
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
        assert_eq!(findings(root), [circle]);
    }

    #[test]
    fn circles_through_re_exports_and_deeper_modules_are_found() {
        let root = "pub use top::one::inner::A;\nmod top {\n\
            pub mod one { pub mod inner { pub struct A; fn f() { super::super::two::g() } } }\n\
            pub mod two { use crate::A; pub fn g() {} } }";

        let [finding] = &findings(root)[..] else { panic!() };

        let expected = "a/src/lib.rs: a circle of modules in crate::top: one -> two -> one;";
        assert!(finding.starts_with(expected), "{finding}");
    }

    #[test]
    fn two_circles_are_two_findings() {
        let root = "mod one { use crate::two; }\nmod two { use crate::one; }\n\
            mod three { use crate::four; }\nmod four { use crate::three; }";

        assert_eq!(findings(root).len(), 2);
    }

    #[test]
    fn a_module_and_those_inside_it_may_depend_on_each_other() {
        let root = "mod one { mod inner { use super::A; pub struct B; } use inner::B; pub struct A; }\n\
            struct C; mod two { use crate::C; use crate::one::A; }";

        assert_eq!(findings(root), [""; 0]);
    }
}
