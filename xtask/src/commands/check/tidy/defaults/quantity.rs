//! Quantities, as documents and code write them.

use std::fmt;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A number, or a time in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quantity {
    Number(u64),
    Milliseconds(u64),
}

/// Words of documents, with what each makes of the number before it.
const UNITS: [(&str, Quantity); 16] = [
    ("KiB", Quantity::Number(1 << 10)),
    ("MiB", Quantity::Number(1 << 20)),
    ("GiB", Quantity::Number(1 << 30)),
    ("million", Quantity::Number(1_000_000)),
    ("ms", Quantity::Milliseconds(1)),
    ("millisecond", Quantity::Milliseconds(1)),
    ("milliseconds", Quantity::Milliseconds(1)),
    ("s", Quantity::Milliseconds(1_000)),
    ("second", Quantity::Milliseconds(1_000)),
    ("seconds", Quantity::Milliseconds(1_000)),
    ("min", Quantity::Milliseconds(60_000)),
    ("minute", Quantity::Milliseconds(60_000)),
    ("minutes", Quantity::Milliseconds(60_000)),
    ("hour", Quantity::Milliseconds(3_600_000)),
    ("hours", Quantity::Milliseconds(3_600_000)),
    ("days", Quantity::Milliseconds(86_400_000)),
];

impl Quantity {
    /// The first quantity of a text, such as `8 MiB`, `2.5 seconds` or `10 000`.
    pub(super) fn first(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace().map(trim).peekable();
        let mut number = loop {
            let word = words.next()?;
            if word.starts_with(|it: char| it.is_ascii_digit()) {
                break word.to_owned();
            }
        };
        // Thousands are set apart by a space.
        while let Some(group) = words.next_if(|it| it.len() == 3 && it.parse::<u32>().is_ok()) {
            number.push_str(group);
        }
        let unit = words.peek().and_then(|word| UNITS.iter().find(|(unit, _)| unit == word));
        Self::scaled(&number, unit.map_or(Self::Number(1), |(_, unit)| *unit))
    }

    /// The last quantity of a text.
    pub(super) fn last(text: &str) -> Option<Self> {
        let starts = text.char_indices().rev().filter(|(index, it)| {
            let before = text[..*index].chars().next_back();
            it.is_ascii_digit() && before.is_none_or(|it| it.is_whitespace() || it == '(')
        });
        let mut starts = starts.map(|(index, _)| index);
        let mut start = starts.next()?;
        // `10 000` begins at its first group.
        for earlier in starts {
            let is_group = text[start..].chars().take_while(char::is_ascii_digit).count() == 3;
            let is_number = text[earlier..start].trim_end().chars().all(|it| it.is_ascii_digit());
            if !(is_group && is_number) {
                break;
            }
            start = earlier;
        }
        Self::first(&text[start..])
    }

    fn scaled(number: &str, unit: Self) -> Option<Self> {
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits: u64 = format!("{whole}{fraction}").parse().ok()?;
        let divisor = 10_u64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
        let scale = |factor: u64| Some(digits.checked_mul(factor)? / divisor);
        match unit {
            Self::Number(factor) => scale(factor).map(Self::Number),
            Self::Milliseconds(factor) => scale(factor).map(Self::Milliseconds),
        }
    }

    /// The value of an expression: numbers, `*`, `<<`, and times made of them.
    pub(super) fn of_expression(tokens: &[TokenTree]) -> Option<Self> {
        let (first, rest) = tokens.split_first()?;
        match first {
            TokenTree::Literal(literal) => product(parse(&literal.to_string())?, rest),
            TokenTree::Group(group) if group.delimiter() != Delimiter::Brace => {
                product(number(group.stream())?, rest)
            }
            // `Duration::from_secs(5)`, with or without the path to it.
            TokenTree::Ident(_) => {
                let [.., TokenTree::Ident(unit), TokenTree::Group(argument)] = tokens else {
                    return None;
                };
                let number = number(argument.stream())?;
                let factor = match unit.to_string().as_str() {
                    "from_millis" => 1,
                    "from_secs" => 1_000,
                    "from_mins" => 60_000,
                    "from_hours" => 3_600_000,
                    _ => return None,
                };
                number.checked_mul(factor).map(Self::Milliseconds)
            }
            TokenTree::Group(_) | TokenTree::Punct(_) => None,
        }
    }
}

/// `value`, with what `* …` and `<< …` after it make of it.
fn product(value: u64, rest: &[TokenTree]) -> Option<Quantity> {
    let is =
        |token: &TokenTree, sign| matches!(token, TokenTree::Punct(it) if it.as_char() == sign);
    match rest {
        [] => Some(Quantity::Number(value)),
        [star, right @ ..] if is(star, '*') => {
            let Quantity::Number(right) = Quantity::of_expression(right)? else { return None };
            value.checked_mul(right).map(Quantity::Number)
        }
        [first, second, right @ ..] if is(first, '<') && is(second, '<') => {
            let Quantity::Number(right) = Quantity::of_expression(right)? else { return None };
            value.checked_shl(u32::try_from(right).ok()?).map(Quantity::Number)
        }
        _ => None,
    }
}

fn number(tokens: TokenStream) -> Option<u64> {
    match Quantity::of_expression(&tokens.into_iter().collect::<Vec<_>>())? {
        Quantity::Number(number) => Some(number),
        Quantity::Milliseconds(_) => None,
    }
}

/// `10_000`, and `10_000_u64`.
fn parse(literal: &str) -> Option<u64> {
    let digits = literal.split(['u', 'i']).next().unwrap_or_default().replace('_', "");
    digits.parse().ok()
}

/// A word without the marks around it.
fn trim(word: &str) -> &str {
    word.trim_matches(|it: char| !it.is_alphanumeric())
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Milliseconds(time) => write!(f, "{time} ms"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_expressions_are_compared_by_value() {
        for (text, expression) in [
            ("8 MiB of bodies", "8 * 1024 * 1024"),
            ("at most 10 000 calls", "10_000"),
            ("2.5 seconds", "Duration::from_millis(2500)"),
            ("2 min without", "std::time::Duration::from_secs(120)"),
            ("for 24 hours;", "Duration::from_secs(24 * 60 * 60)"),
            ("64 MiB", "64 << 20"),
            ("3", "3_u32"),
        ] {
            let tokens: TokenStream = expression.parse().unwrap();
            let value = Quantity::of_expression(&tokens.into_iter().collect::<Vec<_>>());

            assert!(value.is_some(), "{expression}");
            assert_eq!(Quantity::first(text), value, "{text}");
        }
    }

    #[test]
    fn the_last_quantity_of_a_text_is_found() {
        assert_eq!(Quantity::last("2 worlds (10 000 calls"), Some(Quantity::Number(10_000)));
        assert_eq!(Quantity::last("429, up to 2 seconds"), Some(Quantity::Milliseconds(2_000)));
        assert_eq!(Quantity::last("no number"), None);
    }

    #[test]
    fn what_is_not_a_constant_has_no_value() {
        for expression in ["Vec::new()", "base_url.into()", "None", "\"text\"", "1 + 1"] {
            let tokens: TokenStream = expression.parse().unwrap();
            let tokens: Vec<TokenTree> = tokens.into_iter().collect();

            assert_eq!(Quantity::of_expression(&tokens), None, "{expression}");
        }
    }
}
