//! Texts of others, made fit to stand in an error.

use std::fmt;

/// Characters that are shown of one text.
const MAX_TEXT: usize = 1000;

/// Characters that are shown of a body whose shape is not the API's.
const MAX_EXCERPT: usize = 200;

/// Bytes in which those are looked for.
const MAX_SEARCH: usize = 16 * 1024;

/// A text on one line: white space is one blank; what would act on a terminal or turn text around
/// is shown as its number.
pub(super) struct Line<'a> {
    text: &'a str,
    limit: usize,
}

impl<'a> Line<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, limit: MAX_TEXT }
    }
}

impl fmt::Display for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;
        let (mut shown, mut is_blank) = (0, false);
        for character in self.text.trim().chars() {
            if character.is_whitespace() {
                is_blank = true;
                continue;
            }
            shown += 1 + usize::from(is_blank);
            if shown > self.limit {
                return f.write_char('…');
            }
            if is_blank {
                f.write_char(' ')?;
            }
            is_blank = false;
            if acts(character) {
                write!(f, "{}", character.escape_unicode())?;
            } else {
                f.write_char(character)?;
            }
        }
        Ok(())
    }
}

/// Whether it is a control character, or one that changes the direction of what follows.
fn acts(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

/// The first words of a text, on one line.
pub(super) fn of_text(text: &str) -> String {
    Line { text, limit: MAX_EXCERPT }.to_string()
}

/// The first words of a body that is no JSON: a plain text, or the text of a page.
pub(super) fn of_body(body: &[u8]) -> String {
    let start = String::from_utf8_lossy(body.get(..MAX_SEARCH).unwrap_or(body));
    if start.trim_start().starts_with('<') {
        of_text(&without_tags(&start))
    } else {
        of_text(&start)
    }
}

/// What a page shows, more or less: no tags, comments, scripts and styles.
fn without_tags(page: &str) -> String {
    // As long as the page, and with the same places.
    let lower = page.to_ascii_lowercase();
    let (mut text, mut at) = (String::new(), 0);
    while let Some(tag) = lower[at..].find('<').map(|offset| at + offset) {
        text.push_str(&page[at..tag]);
        text.push(' ');
        let end = match &lower[tag + 1..] {
            rest if rest.starts_with("!--") => "-->",
            rest if rest.starts_with("script") => "</script>",
            rest if rest.starts_with("style") => "</style>",
            _ => ">",
        };
        match lower[tag..].find(end) {
            Some(offset) => at = tag + offset + end.len(),
            None => return text,
        }
    }
    text.push_str(&page[at..]);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_stands_on_one_line_and_does_nothing() {
        let line = |text| Line::new(text).to_string();

        assert_eq!(line("  no\r\n\tsuch \u{2028} thing "), "no such thing");
        assert_eq!(line("\u{1b}[31mred\u{7}\u{9b}"), "\\u{1b}[31mred\\u{7}\\u{9b}");
        assert_eq!(line("\u{202e}gnp.exe"), "\\u{202e}gnp.exe");
        assert_eq!(line("füße 🎉"), "füße 🎉");
    }

    #[test]
    fn a_long_text_is_cut() {
        assert_eq!(of_text(&"é".repeat(MAX_EXCERPT)).chars().count(), MAX_EXCERPT);
        let cut = of_text(&"é ".repeat(MAX_EXCERPT));
        assert!(cut.chars().count() <= MAX_EXCERPT + 1, "{cut}");
        assert!(cut.ends_with('…'));
        assert!(Line::new(&"x".repeat(1 << 20)).to_string().len() < 2 * MAX_TEXT);
        assert!(of_body(&vec![b' '; 1 << 20]).is_empty());
    }

    #[test]
    fn of_a_page_the_text_is_told() {
        let page = b"\n<!DOCTYPE html><html><head><title>502 Bad Gateway</title>\
            <STYLE>body { color: red }</STYLE><script>if (a < b) {}</script></head>\
            <body><!-- <b>padding</b> --><h1>Bad\nGateway</h1></body></html>";

        assert_eq!(of_body(page), "502 Bad Gateway Bad Gateway");
        assert_eq!(of_body(b"<p>cut <script>forever"), "cut");
        assert_eq!(of_body(b"<"), "");
        assert_eq!(of_body(b"no healthy upstream\n"), "no healthy upstream");
        assert_eq!(of_body(b"\x1f\x8b\xff"), "\\u{1f}\u{fffd}\u{fffd}");
    }
}
