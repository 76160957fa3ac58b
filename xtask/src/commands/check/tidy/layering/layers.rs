//! A module depends on modules below it only, where ARCHITECTURE.md declares their order.

use super::Source;
use super::order::{DOCUMENT, Order, orders};
use crate::infra::modules::{Edge, ROOT};
use crate::infra::tree::Tree;

/// Dependencies upwards that are allowed until they are gone.
pub(super) const KNOWN: &[Known] = &[];

/// A module that depends on one above it, in a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    package: &'static str,
    from: &'static str,
    to: &'static str,
}

pub(super) fn check(tree: &Tree, sources: &[Source<'_>], known: &[Known]) -> Vec<String> {
    let mut findings = Vec::new();
    for order in orders(tree) {
        let Some(package) = order.title.strip_prefix("modules of ") else { continue };
        let library = format!("{package}/src/lib.rs");
        let Some(source) = sources.iter().find(|it| it.root.ends_with(&library)) else {
            findings.push(format!("{DOCUMENT}: {package}, whose modules it orders, is no library"));
            continue;
        };
        findings.extend(order.check_names(&source.modules.children(ROOT)));
        let known: Vec<Known> = known.iter().filter(|it| it.package == package).copied().collect();
        findings.extend(check_source(&order, source, &known));
    }
    findings
}

fn check_source(order: &Order, source: &Source<'_>, known: &[Known]) -> Vec<String> {
    let upwards = source.edges.iter().filter_map(|edge| upwards(order, edge));
    let upwards: Vec<(&str, &str, &Edge)> = upwards.collect();
    let is = |known: &Known, from: &str, to: &str| known.from == from && known.to == to;
    let new = upwards.iter().filter(|(from, to, _)| !known.iter().any(|it| is(it, from, to)));
    let new = new.map(|(from, to, Edge { file, line, .. })| {
        format!(
            "{file}:{line}: {from} names {to}, which {DOCUMENT} does not put below it: move what \
             {from} needs further down, or let {to} pass it in"
        )
    });
    let gone =
        known.iter().filter(|known| !upwards.iter().any(|(from, to, _)| is(known, from, to)));
    let gone = gone.map(|Known { package, from, to }| {
        format!("{package}: {from} no longer names {to}: take it off the list of known ones")
    });
    new.chain(gone).collect()
}

/// Modules at the top of the crate that the edge connects against the order.
fn upwards<'a>(order: &Order, edge: &'a Edge) -> Option<(&'a str, &'a str, &'a Edge)> {
    let siblings = edge.siblings().filter(|it| it.parent == ROOT)?;
    let is_upwards = !order.allows(siblings.from, siblings.to);
    is_upwards.then_some((siblings.from, siblings.to, edge))
}

#[cfg(test)]
mod tests {
    use super::super::sources;
    use super::*;

    const ORDER: &str =
        "| modules of a, top to bottom | |\n|---|---|\n| `http` | |\n| `state`, `rules` | |\n";
    const KNOWN: Known = Known { package: "a", from: "state", to: "http" };

    fn findings(state: &str, known: &[Known]) -> Vec<String> {
        let tree = Tree::from([
            (DOCUMENT, ORDER),
            ("crates/a/Cargo.toml", ""),
            ("crates/a/src/lib.rs", "mod http;\nmod state;\nmod rules;"),
            ("crates/a/src/http.rs", "use crate::{rules, state::Row};"),
            ("crates/a/src/state.rs", state),
        ]);
        check(&tree, &sources(&tree), known)
    }

    #[test]
    fn dependencies_downwards_are_fine() {
        assert_eq!(findings("use std::fmt;\npub struct Row;", &[]), [""; 0]);
    }

    #[test]
    fn a_dependency_upwards_or_sideways_is_found() {
        let [upwards] = &findings("\nuse crate::http::Exchange;", &[])[..] else { panic!() };
        let [sideways] = &findings("mod rows { fn f() { super::super::rules::g() } }", &[])[..]
        else {
            panic!()
        };

        let expected = "crates/a/src/state.rs:2: state names http, which ARCHITECTURE.md does not \
                        put below it: move what state needs further down, or let http pass it in";
        assert_eq!(upwards, expected);
        assert!(sideways.starts_with("crates/a/src/state.rs:1: state names rules, which"));
    }

    #[test]
    fn what_is_known_is_allowed_while_it_is_there() {
        assert_eq!(findings("use crate::http;", &[KNOWN]), [""; 0]);
        let expected = "a: state no longer names http: take it off the list of known ones";
        assert_eq!(findings("", &[KNOWN]), [expected]);
    }

    #[test]
    fn an_order_of_no_crate_is_found() {
        let expected = "ARCHITECTURE.md: a, whose modules it orders, is no library";
        assert_eq!(check(&Tree::from([(DOCUMENT, ORDER)]), &[], &[]), [expected]);
    }
}
