//! Indents JSON.

const INDENT: &str = "  ";

/// The JSON with line breaks and indentation. Only white space changes: digits, names, escapes and
/// their order stay the same.
pub(crate) fn pretty(json: &str) -> String {
    let mut lines = String::with_capacity(json.len() * 2);
    let (mut level, mut is_text, mut is_escaped, mut is_empty) = (0, false, false, false);
    for character in json.chars() {
        if is_text {
            lines.push(character);
            is_text = is_escaped || character != '"';
            is_escaped = !is_escaped && character == '\\';
            continue;
        }
        if character.is_ascii_whitespace() {
            continue;
        }
        let is_end = matches!(character, '}' | ']');
        if is_end {
            level -= 1;
        }
        // An empty list or object stays on one line.
        if is_empty != is_end {
            break_line(&mut lines, level);
        }
        lines.push(character);
        is_empty = matches!(character, '{' | '[');
        match character {
            '{' | '[' => level += 1,
            ',' => break_line(&mut lines, level),
            ':' => lines.push(' '),
            '"' => is_text = true,
            _ => {}
        }
    }
    lines
}

fn break_line(lines: &mut String, level: usize) {
    lines.push('\n');
    lines.extend(std::iter::repeat_n(INDENT, level));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_white_space_changes() {
        let json = r#"{"b":[1.50,{"a":[]},[[]], {} ],"a":"x, \"{y}: \\","":-0,"n":null}"#;

        let expected = r#"{
  "b": [
    1.50,
    {
      "a": []
    },
    [
      []
    ],
    {}
  ],
  "a": "x, \"{y}: \\",
  "": -0,
  "n": null
}"#;
        assert_eq!(pretty(json), expected);
        assert_eq!(pretty(expected), expected);
        assert_eq!(pretty(" [ ] "), "[]");
    }

    #[test]
    fn lines_are_those_of_serde_json() {
        let json = r#"{"a":{"b":[1,2,[],{}]},"c":"é","d":true}"#;
        let value: serde_json::Value = serde_json::from_str(json).unwrap();

        assert_eq!(pretty(json), format!("{value:#}"));
    }
}
