//! Constants and defaults of fields, as the code has them.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::quantity::Quantity;
use crate::infra::tree::Tree;

/// What the sources of all crates say.
#[derive(Default)]
pub(super) struct Code {
    pub(super) constants: Vec<Constant>,
    /// By type and field.
    pub(super) defaults: BTreeMap<(String, String), Quantity>,
    pub(super) fields: Vec<Field>,
}

/// `const NAME: … = …;`
pub(super) struct Constant {
    pub(super) file: String,
    pub(super) name: String,
    pub(super) value: Quantity,
}

/// A public field, and what its documentation says.
pub(super) struct Field {
    pub(super) file: String,
    pub(super) line: usize,
    pub(super) owner: String,
    pub(super) name: String,
    pub(super) documentation: String,
}

impl Code {
    pub(super) fn read(tree: &Tree) -> Self {
        let mut code = Self::default();
        for (path, text) in tree.with_extension("rs").filter(|(path, _)| path.contains("/src/")) {
            if let Ok(tokens) = text.parse::<TokenStream>() {
                code.read_tokens(path, tokens);
            }
        }
        code
    }

    fn read_tokens(&mut self, file: &str, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for index in 0..tokens.len() {
            let rest = &tokens[index..];
            match &tokens[index] {
                TokenTree::Ident(word) if word == "const" => self.read_constant(file, rest),
                TokenTree::Ident(word) if word == "struct" => self.read_struct(file, rest),
                TokenTree::Ident(word) if word == "impl" => self.read_impl(rest),
                TokenTree::Group(group) => self.read_tokens(file, group.stream()),
                _ => {}
            }
        }
    }

    fn read_constant(&mut self, file: &str, tokens: &[TokenTree]) {
        let Some(TokenTree::Ident(name)) = tokens.get(1) else { return };
        let Some(end) = tokens.iter().position(|it| is_punct(it, ';')) else { return };
        let Some(equals) = tokens[..end].iter().position(|it| is_punct(it, '=')) else { return };
        if let Some(value) = Quantity::of_expression(&tokens[equals + 1..end]) {
            let (file, name) = (file.to_owned(), name.to_string());
            self.constants.push(Constant { file, name, value });
        }
    }

    fn read_struct(&mut self, file: &str, tokens: &[TokenTree]) {
        let Some(TokenTree::Ident(owner)) = tokens.get(1) else { return };
        let Some(body) = first_block(tokens) else { return };
        for field in split(body) {
            let documentation: String = field.iter().filter_map(line_of_documentation).collect();
            let is_public =
                field.iter().any(|it| matches!(it, TokenTree::Ident(it) if it == "pub"));
            if let (true, Some((name, _))) = (is_public, name_and_value(&field)) {
                self.fields.push(Field {
                    file: file.to_owned(),
                    line: field.last().map_or(0, |it| it.span().start().line),
                    owner: owner.to_string(),
                    name,
                    documentation,
                });
            }
        }
    }

    /// Fields that `default` or `new` sets to a constant.
    fn read_impl(&mut self, tokens: &[TokenTree]) {
        let Some(block) = tokens.iter().position(is_block) else { return };
        let Some(TokenTree::Ident(owner)) = tokens[..block].last() else { return };
        let TokenTree::Group(body) = &tokens[block] else { return };
        let body: Vec<TokenTree> = body.stream().into_iter().collect();
        for (index, pair) in body.windows(2).enumerate() {
            let [TokenTree::Ident(keyword), TokenTree::Ident(name)] = pair else { continue };
            if keyword == "fn" && (name == "default" || name == "new") {
                let literal = first_block(&body[index..]).and_then(self_literal);
                for field in literal.map(split).unwrap_or_default() {
                    let Some((name, value)) = name_and_value(&field) else { continue };
                    if let Some(value) = Quantity::of_expression(value) {
                        self.defaults.insert((owner.to_string(), name), value);
                    }
                }
            }
        }
    }
}

fn first_block(tokens: &[TokenTree]) -> Option<TokenStream> {
    let end = tokens.iter().position(|it| is_block(it) || is_punct(it, ';'))?;
    match &tokens[end] {
        TokenTree::Group(group) => Some(group.stream()),
        _ => None,
    }
}

fn is_block(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace)
}

/// Fields of `Self { … }`.
fn self_literal(body: TokenStream) -> Option<TokenStream> {
    let body: Vec<TokenTree> = body.into_iter().collect();
    body.windows(2).find_map(|pair| match pair {
        [TokenTree::Ident(word), TokenTree::Group(group)] if word == "Self" => Some(group.stream()),
        _ => None,
    })
}

/// Parts between commas, other than those of generic arguments.
fn split(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut parts = vec![Vec::new()];
    let mut depth = 0;
    for token in tokens {
        match &token {
            TokenTree::Punct(it) if it.as_char() == '<' => depth += 1,
            TokenTree::Punct(it) if it.as_char() == '>' => depth -= 1,
            TokenTree::Punct(it) if it.as_char() == ',' && depth == 0 => {
                parts.push(Vec::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().expect("there is a first part").push(token);
    }
    parts
}

/// `name: value`, attributes and visibility before it left out.
fn name_and_value(field: &[TokenTree]) -> Option<(String, &[TokenTree])> {
    let colon = field.iter().position(|it| is_punct(it, ':'))?;
    let TokenTree::Ident(name) = field.get(colon.checked_sub(1)?)? else { return None };
    Some((name.to_string(), &field[colon + 1..]))
}

/// The text of `#[doc = "…"]`, by its group.
fn line_of_documentation(token: &TokenTree) -> Option<String> {
    let TokenTree::Group(group) = token else { return None };
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    match &tokens[..] {
        [TokenTree::Ident(word), _, TokenTree::Literal(text)] if word == "doc" => {
            Some(text.to_string().trim_matches('"').to_owned() + "\n")
        }
        _ => None,
    }
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(it) if it.as_char() == wanted)
}
