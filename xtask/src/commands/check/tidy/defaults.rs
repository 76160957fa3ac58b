//! A default or a limit that a document states is the one that the code has.
//!
//! Three kinds of statements are compared:
//!
//! - documentation of a field: `8 MiB by default`, `3 unless set`;
//! - a row of a table that begins with ``| `Type` | default |``;
//! - a quantity before a mark that readers do not see, `16 MiB<!--talon_client::MAX_REPLY_BYTES-->`
//!   or `3 attempts<!--RetryPolicy::max_attempts-->`.

use crate::infra::tree::Tree;

mod code;
mod quantity;

use code::{Code, Constant, Field};
use quantity::Quantity;

pub(super) fn check(tree: &Tree) -> Vec<String> {
    let code = Code::read(tree);
    let fields = code.fields.iter().filter_map(|field| check_field(&code, field));
    let documents = tree.with_extension("md");
    let documents = documents.flat_map(|(path, text)| {
        check_table(&code, path, text).into_iter().chain(check_marks(&code, path, text))
    });
    fields.chain(documents).collect()
}

/// The documentation of a field whose default is a constant has to state it.
fn check_field(code: &Code, field: &Field) -> Option<String> {
    let Field { file, line, owner, name, documentation } = field;
    let value = *code.defaults.get(&(owner.clone(), name.clone()))?;
    let end = documentation.find("by default").or_else(|| documentation.find("unless set"));
    let stated = end.and_then(|end| Quantity::last(&documentation[..end]));
    match stated {
        Some(stated) if stated == value => None,
        Some(stated) => {
            Some(format!("{file}:{line}: {name} is {value} in the code, and {stated} in its words"))
        }
        // Counters start at zero.
        None if value == Quantity::Number(0) => None,
        None => {
            Some(format!("{file}:{line}: {name} is {value} by default; its words do not say so"))
        }
    }
}

fn check_table(code: &Code, path: &str, text: &str) -> Vec<String> {
    let mut owner = None;
    let mut findings = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        match cells[..] {
            [first, "default", ..] if line.starts_with('|') => {
                owner = Some(first.trim_matches('`'));
            }
            [first, second, ..] if line.starts_with('|') => {
                let Some(owner) = owner else { continue };
                let place = format!("{path}:{}", number + 1);
                findings.extend(check_row(code, &place, owner, first.trim_matches('`'), second));
            }
            _ => owner = None,
        }
    }
    findings
}

fn check_row(code: &Code, place: &str, owner: &str, field: &str, cell: &str) -> Option<String> {
    let stated = Quantity::first(cell).filter(|_| !cell.starts_with('`'))?;
    let value = code.defaults.get(&(owner.to_owned(), field.to_owned()));
    differs(place, &format!("{owner}::{field}"), stated, value.copied())
}

fn check_marks(code: &Code, path: &str, text: &str) -> Vec<String> {
    let mut findings = Vec::new();
    let mut end = 0;
    while let Some(start) = text[end..].find("<!--").map(|it| end + it) {
        let Some(length) = text[start..].find("-->") else { break };
        let name = text[start + 4..start + length].trim();
        end = start + length;
        let line_before = text[..start].lines().next_back().unwrap_or_default();
        // Inside of code, a mark is an example.
        let is_code = line_before.matches('`').count() % 2 == 1;
        if is_code || !name.contains("::") || name.contains(char::is_whitespace) {
            continue;
        }
        let line = text[..start].lines().count();
        let place = format!("{path}:{line}");
        // Since the last mark or paragraph.
        let before = text[..start].rsplit("-->").next().unwrap_or_default();
        let before = before.rsplit("\n\n").next().unwrap_or_default();
        match (Quantity::last(before), value_of(code, name)) {
            (None, _) => findings.push(format!("{place}: there is no number before {name}")),
            (_, Err(reason)) => findings.push(format!("{place}: {reason}")),
            (Some(stated), Ok(value)) => {
                findings.extend(differs(&place, name, stated, Some(value)));
            }
        }
    }
    findings
}

/// The constant `crate_name::module::NAME`, modules being optional, or the field `Type::field`.
fn value_of(code: &Code, name: &str) -> Result<Quantity, String> {
    let (path, last) = name.rsplit_once("::").unwrap_or(("", name));
    if let Some(value) = code.defaults.get(&(path.to_owned(), last.to_owned())) {
        return Ok(*value);
    }
    let is_meant = |constant: &&Constant| {
        let file = format!("{}/", constant.file.trim_end_matches(".rs").replace('-', "_"));
        constant.name == last && path.split("::").all(|it| file.contains(&format!("/{it}/")))
    };
    let found: Vec<&Constant> = code.constants.iter().filter(is_meant).collect();
    match found[..] {
        [constant] => Ok(constant.value),
        [] => Err(format!("no constant and no default is named {name}")),
        _ => Err(format!("{} constants are named {name}: name the module too", found.len())),
    }
}

fn differs(place: &str, name: &str, stated: Quantity, value: Option<Quantity>) -> Option<String> {
    match value {
        Some(value) if value == stated => None,
        Some(value) => Some(format!("{place}: {name} is {value}, not {stated}")),
        None => Some(format!("{place}: {name} has no default that is a constant")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: (&str, &str) = (
        "crates/talon-a/src/config.rs",
        "const MAX: usize = 16 << 20;\npub struct Config {\n\
            /// Longest time of a call; 5 seconds\n/// unless set.\npub deadline: Duration,\n\
            pub parts: Vec<(u8, u8)>,\n}\n\
         impl Default for Config { fn default() -> Self {\n\
            Self { deadline: Duration::from_secs(5), parts: Vec::new() } } }",
    );

    fn findings(text: &str) -> Vec<String> {
        check(&Tree::from([CONFIG, ("README.md", text)]))
    }

    #[test]
    fn statements_that_the_code_makes_true_are_fine() {
        let table = "| `Config` | default | |\n|---|---|---|\n| `deadline` | 5 s | a call |\n\n";
        let marks =
            "A reply has 16 MiB<!--talon_a::MAX-->, a call 5\nseconds<!--Config::deadline-->.";

        let code = "`1 MiB<!--talon_a::MAX-->` is how to write it.";
        assert_eq!(findings(&format!("{table}{marks}\n{code}")), [""; 0]);
    }

    #[test]
    fn a_row_that_says_another_default_is_found() {
        let table = "| `Config` | default |\n|---|---|\n| `deadline` | 3 s |\n| `wait` | 1 s |\n";

        assert_eq!(
            findings(table),
            [
                "README.md:3: Config::deadline is 5000 ms, not 3000 ms",
                "README.md:4: Config::wait has no default that is a constant",
            ]
        );
    }

    #[test]
    fn a_mark_that_does_not_fit_is_found() {
        let marks = "10 MiB<!--talon_a::MAX--> some<!--talon_a::MAX--> 1<!--talon_a::MIN-->";

        assert_eq!(
            findings(marks),
            [
                "README.md:1: talon_a::MAX is 16777216, not 10485760",
                "README.md:1: there is no number before talon_a::MAX",
                "README.md:1: no constant and no default is named talon_a::MIN",
            ]
        );
    }

    #[test]
    fn a_mark_that_could_mean_several_constants_is_found() {
        let tree = Tree::from([
            ("crates/a/src/one.rs", "const MAX: u8 = 1;"),
            ("crates/a/src/two.rs", "const MAX: u8 = 2;"),
            ("README.md", "1<!--a::one::MAX--> or 2<!--a::MAX-->"),
        ]);

        let expected = "README.md:1: 2 constants are named a::MAX: name the module too";
        assert_eq!(check(&tree), [expected]);
    }

    #[test]
    fn a_field_whose_words_differ_or_say_nothing_is_found() {
        let of = |words: &str| {
            let text = CONFIG.1.replace("; 5 seconds\n/// unless set", words);
            check(&Tree::from([(CONFIG.0, &*text)]))
        };

        let place = "crates/talon-a/src/config.rs";
        assert_eq!(
            of("; 3 seconds unless set"),
            [format!("{place}:4: deadline is 5000 ms in the code, and 3000 ms in its words")]
        );
        assert_eq!(
            of(""),
            [format!("{place}:4: deadline is 5000 ms by default; its words do not say so")]
        );
    }
}
