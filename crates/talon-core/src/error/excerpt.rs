//! Texts from outside, made safe for error messages.

use std::fmt;

/// Maximum number of characters of one text in `Display`.
const MAX_TEXT: usize = 1000;

/// Maximum number of characters of an excerpt.
const MAX_EXCERPT: usize = 200;

/// Number of bytes at the start of a body that an excerpt is taken from.
const MAX_SEARCH: usize = 16 * 1024;

/// A text on one line: each run of white space becomes one space, and control characters are escaped.
pub(super) struct SingleLine<'a> {
    text: &'a str,
    limit: usize,
}

impl<'a> SingleLine<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, limit: MAX_TEXT }
    }
}

impl fmt::Display for SingleLine<'_> {
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
            if needs_escape(character) {
                write!(f, "{}", character.escape_unicode())?;
            } else {
                f.write_char(character)?;
            }
        }
        Ok(())
    }
}

/// Whether it is a control character, or one that changes the direction of the text.
fn needs_escape(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        )
}

/// Excerpt of a text.
pub(super) fn from_text(text: &str) -> String {
    SingleLine { text, limit: MAX_EXCERPT }.to_string()
}

/// Excerpt of a body that is not JSON: of a plain text, or of the text of an HTML page.
pub(super) fn from_body(body: &[u8]) -> String {
    let start = String::from_utf8_lossy(body.get(..MAX_SEARCH).unwrap_or(body));
    if start.trim_start().starts_with('<') {
        from_text(&without_tags(&start))
    } else {
        from_text(&start)
    }
}

/// Approximate text of an HTML page: without tags, comments, scripts and styles.
fn without_tags(page: &str) -> String {
    // Has the same length and offsets as the page.
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
        let line = |text| SingleLine::new(text).to_string();

        assert_eq!(line("  no\r\n\tsuch \u{2028} thing "), "no such thing");
        assert_eq!(line("\u{1b}[31mred\u{7}\u{9b}"), "\\u{1b}[31mred\\u{7}\\u{9b}");
        assert_eq!(line("\u{202e}gnp.exe"), "\\u{202e}gnp.exe");
        assert_eq!(line("füße 🎉"), "füße 🎉");
    }

    #[test]
    fn a_long_text_is_cut() {
        assert_eq!(from_text(&"é".repeat(MAX_EXCERPT)).chars().count(), MAX_EXCERPT);
        let cut = from_text(&"é ".repeat(MAX_EXCERPT));
        assert!(cut.chars().count() <= MAX_EXCERPT + 1, "{cut}");
        assert!(cut.ends_with('…'));
        assert!(SingleLine::new(&"x".repeat(1 << 20)).to_string().len() < 2 * MAX_TEXT);
        assert!(from_body(&vec![b' '; 1 << 20]).is_empty());
    }

    #[test]
    fn of_a_page_the_text_is_told() {
        let page = b"\n<!DOCTYPE html><html><head><title>502 Bad Gateway</title>\
            <STYLE>body { color: red }</STYLE><script>if (a < b) {}</script></head>\
            <body><!-- <b>padding</b> --><h1>Bad\nGateway</h1></body></html>";

        assert_eq!(from_body(page), "502 Bad Gateway Bad Gateway");
        assert_eq!(from_body(b"<p>cut <script>forever"), "cut");
        assert_eq!(from_body(b"<"), "");
        assert_eq!(from_body(b"no healthy upstream\n"), "no healthy upstream");
        assert_eq!(from_body(b"\x1f\x8b\xff"), "\\u{1f}\u{fffd}\u{fffd}");
    }
}
