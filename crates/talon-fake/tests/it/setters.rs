//! Builders of worlds.

use std::collections::BTreeMap;
use std::fs::{read_dir, read_to_string};
use std::path::Path;

/// The sources below `folder`, one after the other, without tests.
fn sources(folder: &Path) -> String {
    let entries = read_dir(folder).expect("a folder of this crate");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let read = paths.iter().map(|path| {
        if path.is_dir() { sources(path) } else { read_to_string(path).expect("a source") }
    });
    read.map(|text| text.split("#[cfg(test)]").next().unwrap_or_default().to_owned()).collect()
}

/// The sources of the module `world`.
fn world() -> String {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    read_to_string(source.join("world.rs")).expect("a source") + &sources(&source.join("world"))
}

/// The text of each block that begins with `start` in the first column: its name and its lines.
fn blocks<'a>(source: &'a str, start: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    source.split(start).skip(1).filter_map(|text| {
        let (name, rest) = text.split_once(" {\n")?;
        Some((name, rest.split("\n}").next()?)).filter(|(name, _)| !name.contains(['\n', ' ']))
    })
}

/// Public members of public structs, by the name of the struct, with their types.
fn members(source: &str) -> BTreeMap<&str, Vec<(&str, &str)>> {
    let structs = blocks(source, "\npub struct ").map(|(name, fields)| {
        let lines = fields.lines().filter_map(|line| line.trim().strip_prefix("pub "));
        (name, lines.filter_map(|line| line.trim_end_matches(',').split_once(": ")).collect())
    });
    structs.collect()
}

/// A public function: the type that has it, and its text.
struct Function<'a> {
    of: &'a str,
    text: &'a str,
}

fn functions(source: &str) -> Vec<Function<'_>> {
    let impls = blocks(source, "\nimpl ");
    let functions = impls.flat_map(|(of, text)| {
        let texts = text.split("    pub fn ").skip(1);
        texts.map(move |text| Function { of, text: text.split("\n    }\n").next().unwrap_or(text) })
    });
    functions.collect()
}

/// Whether a text changes a place, such as `self.name`.
fn changes(text: &str, place: &str) -> bool {
    let ways = [" = ", ".push(", ".extend(", ".insert(", ".get_or_insert"];
    // A chain may go on in the next line.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".");
    ways.iter().any(|way| text.contains(&format!("{place}{way}")))
}

/// Whether a text has a literal of the struct with a value of the member other than its default.
fn names_in_literal(text: &str, literal: &str, member: &str) -> bool {
    let defaults = ["None", "Vec::new()", "String::new()", "false"];
    text.split(&format!("{literal} {{")).skip(1).any(|rest| {
        let rest = rest.split("\n        }").next().unwrap_or(rest);
        let parts = rest.split(['{', '}', ',', '\n']).map(str::trim);
        let mut values = parts.map(|part| part.split_once(": ").unwrap_or((part, part)));
        values.any(|(name, value)| name == member && !defaults.contains(&value))
    })
}

#[test]
fn every_member_of_a_world_can_be_set_with_its_builder() {
    let source = world();
    let (structs, functions) = (members(&source), functions(&source));
    let mut without = Vec::new();
    for (name, members) in &structs {
        // Those of the world that are one value, such as the application.
        let within = structs["World"].iter().filter(|(_, types)| types == name);
        let within: Vec<_> = within.map(|(member, _)| format!("self.{member}")).collect();
        for (member, _) in members {
            let is_set = functions.iter().any(|Function { of, text }| {
                let own = of == name
                    && (changes(text, &format!("self.{member}"))
                        || names_in_literal(text, "Self", member));
                let in_world = *of == "World"
                    && within.iter().any(|place| changes(text, &format!("{place}.{member}")));
                own || in_world || names_in_literal(text, name, member)
            });
            // The world has setters for the members of its application and of its declarations.
            let is_whole = *name == "World" && ["application", "attributes"].contains(member);
            if !is_set && !is_whole {
                without.push(format!("{name}::{member}"));
            }
        }
    }

    assert_eq!(without, Vec::<String>::new(), "no function of a builder sets them");
    assert!(structs.len() > 20 && functions.len() > 100, "{} {}", structs.len(), functions.len());
}

#[test]
fn a_member_that_no_function_sets_is_found() {
    let source = "\npub struct Shop {\n    pub name: String,\n    pub city: Option<String>,\n}\n\
                  \nimpl Shop {\n    pub fn new(name: String) -> Self {\n        \
                  Self { name, city: None }\n    }\n}\n";
    let functions = functions(source);
    let sets = |member| names_in_literal(functions[0].text, "Self", member);

    assert_eq!(members(source)["Shop"], [("name", "String"), ("city", "Option<String>")]);
    assert!(sets("name") && !sets("city"));
    assert!(changes("self.city\n            .insert(city)", "self.city"));
    assert!(!changes("self.city_name = city", "self.city"));
}
