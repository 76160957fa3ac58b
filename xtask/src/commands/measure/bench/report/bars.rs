//! Bar charts: tables whose cells are bars on one scale.

use std::fmt::Write as _;

/// A row of a table.
pub(super) struct Bar {
    pub(super) label: String,
    pub(super) value: f64,
    /// Class of the style sheet.
    pub(super) colour: &'static str,
    /// Text after the value.
    pub(super) note: String,
}

/// A table with its title; empty without bars.
pub(super) fn section(title: &str, caption: &str, bars: &[Bar]) -> String {
    let Some(longest) = bars.iter().map(|bar| bar.value).max_by(f64::total_cmp) else {
        return String::new();
    };
    let mut rows = String::new();
    for Bar { label, value, colour, note } in bars {
        let (label, note) = (escape(label), escape(note));
        let share = value / longest.max(f64::MIN_POSITIVE) * 100.0;
        writeln!(
            rows,
            "<tr><td>{label}</td><td class=\"bar\"><i class=\"{colour}\" style=\"width:{share:.1}%\">\
             </i></td><td>{value:.3}</td><td class=\"soft\">{note}</td></tr>"
        )
        .expect("writing to a string cannot fail");
    }
    format!("<h2>{title}</h2>\n<p class=\"soft\">{caption}</p>\n<table>\n{rows}</table>\n")
}

/// Text escaped for HTML.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_fills_its_cell() {
        let bar =
            |value| Bar { label: "<a>".to_owned(), value, colour: "ours", note: String::new() };

        let html = section("t", "c", &[bar(0.5), bar(2.0)]);

        assert!(html.contains("width:25.0%") && html.contains("width:100.0%"), "{html}");
        assert!(html.contains("&lt;a&gt;"), "{html}");
        assert_eq!(section("t", "c", &[]), "");
    }

    #[test]
    fn names_cannot_break_the_page() {
        assert_eq!(escape("<b a=\"&\">"), "&lt;b a=&quot;&amp;&quot;&gt;");
    }
}
