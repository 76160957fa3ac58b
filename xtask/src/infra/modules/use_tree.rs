//! Paths and `use` declarations, from tokens.

use proc_macro2::TokenTree;

/// One name that a declaration imports.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Import {
    pub(super) path: Vec<String>,
    /// `None` of `*` and of `as _`.
    pub(super) name: Option<String>,
    pub(super) is_glob: bool,
}

/// Segments of the path that the tokens begin with, which is one at least.
pub(super) fn path(tokens: &[TokenTree]) -> Vec<String> {
    let mut path = Vec::new();
    let mut rest = tokens;
    while let Some((TokenTree::Ident(segment), after)) = rest.split_first() {
        path.push(segment.to_string());
        match after {
            [first, second, further @ ..]
                if is_colon(first)
                    && is_colon(second)
                    && matches!(further.first(), Some(TokenTree::Ident(_))) =>
            {
                rest = further;
            }
            _ => break,
        }
    }
    path
}

/// What stands between `use` and its semicolon.
pub(super) fn imports(tokens: &[TokenTree]) -> Vec<Import> {
    let mut found = Vec::new();
    collect(&mut found, &[], tokens);
    found
}

fn collect(found: &mut Vec<Import>, prefix: &[String], tokens: &[TokenTree]) {
    // `$crate` in macros.
    let tokens = match tokens {
        [TokenTree::Punct(dollar), rest @ ..] if dollar.as_char() == '$' => rest,
        tokens => tokens,
    };
    let mut path = prefix.to_vec();
    let mut rest = tokens;
    loop {
        match rest {
            [TokenTree::Ident(word), ..] if word == "as" => break,
            [TokenTree::Ident(word), after @ ..] => {
                // `a::{self}` is `a`.
                if word != "self" || path.is_empty() {
                    path.push(word.to_string());
                }
                rest = after;
            }
            // A path that begins with `::` is of another crate.
            [first, second, ..] if is_colon(first) && is_colon(second) && path.is_empty() => return,
            [first, second, after @ ..] if is_colon(first) && is_colon(second) => rest = after,
            _ => break,
        }
    }
    match rest {
        [TokenTree::Group(group), ..] => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            for part in inner.split(|it| matches!(it, TokenTree::Punct(it) if it.as_char() == ','))
            {
                collect(found, &path, part);
            }
        }
        [TokenTree::Punct(star), ..] if star.as_char() == '*' => {
            found.push(Import { path, name: None, is_glob: true });
        }
        [_, TokenTree::Ident(name), ..] if name == "_" => {
            found.push(Import { path, name: None, is_glob: false });
        }
        [_, TokenTree::Ident(name), ..] => {
            found.push(Import { path, name: Some(name.to_string()), is_glob: false });
        }
        _ if !tokens.is_empty() => {
            let name = path.last().cloned();
            found.push(Import { path, name, is_glob: false });
        }
        _ => {}
    }
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(it) if it.as_char() == ':')
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;

    use super::*;

    fn tokens(text: &str) -> Vec<TokenTree> {
        text.parse::<TokenStream>().unwrap().into_iter().collect()
    }

    #[test]
    fn every_name_of_a_declaration_is_found() {
        let imports = imports(&tokens("crate::a::{self, b::{C, D as E, *}, f as _,}"));

        let shown: Vec<String> = imports
            .iter()
            .map(|it| format!("{} {:?} {}", it.path.join("::"), it.name, it.is_glob))
            .collect();
        assert_eq!(
            shown,
            [
                "crate::a Some(\"a\") false",
                "crate::a::b::C Some(\"C\") false",
                "crate::a::b::D Some(\"E\") false",
                "crate::a::b None true",
                "crate::a::f None false",
            ]
        );
    }

    #[test]
    fn paths_of_other_crates_are_left_out() {
        assert_eq!(imports(&tokens("::serde::Serialize")), []);
    }

    #[test]
    fn a_path_ends_with_its_last_name() {
        assert_eq!(path(&tokens("crate::a::B::<C>::d()")), ["crate", "a", "B"]);
        assert_eq!(path(&tokens("self.a")), ["self"]);
    }
}
