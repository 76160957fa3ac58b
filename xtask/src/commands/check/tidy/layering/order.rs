//! An order that a table of ARCHITECTURE.md declares.

use std::collections::BTreeMap;

use crate::infra::tree::Tree;

pub(super) const DOCUMENT: &str = "ARCHITECTURE.md";

/// What the cell at the head of a table's first column ends with.
const TITLE: &str = ", top to bottom";

/// Names from top to bottom; those of one row are side by side.
#[derive(Debug, Default)]
pub(super) struct Order {
    /// What the names are of, such as `crates` or `modules of talon-fake`.
    pub(super) title: String,
    rows: BTreeMap<String, usize>,
    repeated: Vec<String>,
}

/// Every order that the document declares.
pub(super) fn orders(tree: &Tree) -> Vec<Order> {
    let lines: Vec<&str> = tree.get(DOCUMENT).unwrap_or_default().lines().collect();
    let title = |line: &str| Some(first_cell(line)?.strip_suffix(TITLE)?.to_owned());
    let starts = lines.iter().enumerate().filter_map(|(number, line)| Some((number, title(line)?)));
    starts.map(|(number, title)| Order::new(title, &lines[number + 2..])).collect()
}

impl Order {
    fn new(title: String, lines: &[&str]) -> Self {
        let mut order = Self { title, ..Self::default() };
        let cells = lines.iter().map_while(|line| first_cell(line));
        for (row, cell) in cells.enumerate() {
            for name in codes(cell) {
                if order.rows.insert(name.to_owned(), row).is_some() {
                    order.repeated.push(name.to_owned());
                }
            }
        }
        order
    }

    /// Whether it allows `from` to depend on `to`; nothing is said of names that it lacks.
    pub(super) fn allows(&self, from: &str, to: &str) -> bool {
        match (self.rows.get(from), self.rows.get(to)) {
            (Some(from), Some(to)) => from < to,
            _ => true,
        }
    }

    /// Differences to the names that exist.
    pub(super) fn check_names(&self, names: &[&str]) -> Vec<String> {
        let title = &self.title;
        let missing = names.iter().filter(|name| !self.rows.contains_key(**name));
        let missing = missing
            .map(|name| format!("{DOCUMENT}: the table \"{title}{TITLE}\" has no row for {name}"));
        let gone = self.rows.keys().filter(|name| !names.contains(&name.as_str()));
        let gone = gone.map(|name| {
            format!("{DOCUMENT}: the table \"{title}{TITLE}\" names {name}, which does not exist")
        });
        let repeated = self.repeated.iter();
        let repeated = repeated
            .map(|name| format!("{DOCUMENT}: the table \"{title}{TITLE}\" names {name} twice"));
        missing.chain(gone).chain(repeated).collect()
    }
}

/// The first cell of a row of a table.
fn first_cell(line: &str) -> Option<&str> {
    Some(line.strip_prefix("| ")?.split(" |").next()?.trim())
}

/// What stands between backticks.
pub(super) fn codes(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_in_order_and_names_of_a_row_side_by_side() {
        let text = "# A\n\n| crates, top to bottom | what |\n|---|---|\n| `a`, `b` | x |\n| `c` | `d` |\n\n";

        let orders = orders(&Tree::from([(DOCUMENT, text)]));

        let [order] = &orders[..] else { panic!("{orders:?}") };
        assert_eq!(order.title, "crates");
        assert!(order.allows("a", "c") && !order.allows("c", "a") && !order.allows("a", "b"));
        assert_eq!(order.check_names(&["a", "b", "c"]), [""; 0]);
    }

    #[test]
    fn names_that_are_missing_gone_or_repeated_are_found() {
        let text = "| crates, top to bottom |\n|---|\n| `a` |\n| `b`, `a` |\n";

        let order = orders(&Tree::from([(DOCUMENT, text)])).remove(0);

        let table = "ARCHITECTURE.md: the table \"crates, top to bottom\"";
        assert_eq!(
            order.check_names(&["a", "c"]),
            [
                format!("{table} has no row for c"),
                format!("{table} names b, which does not exist"),
                format!("{table} names a twice"),
            ]
        );
    }
}
