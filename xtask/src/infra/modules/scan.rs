//! What the tokens of a file say.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::use_tree::{self, Import};
use super::{Mention, Module, Modules};
use crate::infra::tree::Tree;

/// Keywords that a name of an item follows.
const ITEMS: [&str; 8] = ["struct", "enum", "union", "trait", "type", "const", "static", "fn"];

/// A file, and the module that it is.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    pub(super) path: &'a str,
    /// Where the files of its modules are.
    pub(super) folder: &'a str,
    pub(super) module: &'a str,
}

/// Reads the file, and those of the modules that it declares.
pub(super) fn read_file(modules: &mut Modules, tree: &Tree, file: File<'_>) {
    modules.files.insert(file.path.to_owned());
    let Ok(tokens) = tree.get(file.path).unwrap_or_default().parse::<TokenStream>() else {
        modules.unreadable.push(file.path.to_owned());
        return;
    };
    let mut scan = Scan { modules, tree, file };
    scan.read_module_body(tokens);
}

struct Scan<'a> {
    modules: &'a mut Modules,
    tree: &'a Tree,
    file: File<'a>,
}

/// Where tokens stand.
#[derive(Clone, Copy)]
struct Place {
    /// Items here are items of the module, and no part of a function or another item.
    defines: bool,
    /// In the definition of a macro, `self` and `super` mean modules of its callers.
    in_macro: bool,
}

impl Scan<'_> {
    fn module(&mut self) -> &mut Module {
        let Modules { by_path, .. } = self.modules;
        let new = || Module { file: self.file.path.to_owned(), ..Module::default() };
        by_path.entry(self.file.module.to_owned()).or_insert_with(new)
    }

    fn read_module_body(&mut self, tokens: TokenStream) {
        // Also a module that says nothing is one.
        self.module();
        self.read(tokens, Place { defines: true, in_macro: false });
    }

    fn read(&mut self, tokens: TokenStream, place: Place) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut is_exported = false;
        let mut index = 0;
        while let Some(token) = tokens.get(index) {
            let rest = &tokens[index..];
            index += match token {
                TokenTree::Punct(it) if it.as_char() == '#' => {
                    is_exported |= attribute(rest).is_some_and(|it| has_word(it, "macro_export"));
                    self.read_attribute(rest)
                }
                TokenTree::Ident(it) if it == "use" => self.read_use(rest, place),
                TokenTree::Ident(it) if it == "mod" => self.read_module(rest, false),
                TokenTree::Ident(it) if it == "macro_rules" => {
                    self.read_macro(rest, std::mem::take(&mut is_exported))
                }
                TokenTree::Ident(_) => self.read_words(rest, place),
                TokenTree::Group(group) => {
                    let is_macro = is_macro_call(&tokens[..index]);
                    let defines = place.defines && is_macro;
                    self.read(group.stream(), Place { defines, ..place });
                    1
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => 1,
            };
        }
    }

    /// Passes over an attribute, and over the item if it is for tests alone.
    fn read_attribute(&mut self, tokens: &[TokenTree]) -> usize {
        match attribute(tokens) {
            Some(group) if is_test(group) => {
                let item = skip_attributes(tokens);
                let word = item + skip_visibility(&tokens[item..]);
                match tokens.get(word) {
                    Some(TokenTree::Ident(it)) if it == "mod" => {
                        word + self.read_module(&tokens[word..], true)
                    }
                    _ => item + length_of_item(&tokens[item..]),
                }
            }
            _ => 1,
        }
    }

    fn read_use(&mut self, tokens: &[TokenTree], place: Place) -> usize {
        // `use<'a>` in a type declares nothing.
        if tokens.get(1).is_some_and(|it| is_punct(it, '<')) {
            return 1;
        }
        let length = tokens.iter().position(|it| is_punct(it, ';')).unwrap_or(1);
        let line = tokens[0].span().start().line;
        for Import { path, name, is_glob } in use_tree::imports(&tokens[1..length]) {
            let module = self.module();
            if place.defines && is_glob {
                module.globs.push(path.clone());
            } else if let Some(name) = name.filter(|_| place.defines) {
                module.imports.insert(name, path.clone());
            }
            module.mentions.push(Mention { path, line });
        }
        length
    }

    fn read_module(&mut self, tokens: &[TokenTree], is_test: bool) -> usize {
        let Some(TokenTree::Ident(name)) = tokens.get(1) else { return 1 };
        let module = format!("{}::{name}", self.file.module);
        let folder = format!("{}/{name}", self.file.folder);
        match tokens.get(2) {
            Some(TokenTree::Group(group)) if !is_test => {
                let file = File { folder: &folder, module: &module, ..self.file };
                let mut inner = Scan { modules: &mut *self.modules, tree: self.tree, file };
                inner.read_module_body(group.stream());
            }
            Some(TokenTree::Punct(end)) if end.as_char() == ';' => {
                let path = format!("{folder}.rs");
                if is_test {
                    // Its own modules are for tests as well.
                    let below = self.tree.under(&folder).map(|(path, _)| path.to_owned());
                    self.modules.files.extend(below.chain([path]));
                } else {
                    let file = File { path: &path, folder: &folder, module: &module };
                    read_file(self.modules, self.tree, file);
                }
            }
            _ => {}
        }
        3
    }

    fn read_macro(&mut self, tokens: &[TokenTree], is_exported: bool) -> usize {
        let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(rules))) =
            (tokens.get(2), tokens.get(3))
        else {
            return 1;
        };
        self.module().definitions.insert(name.to_string());
        if is_exported {
            let module = self.file.module.to_owned();
            self.modules.exported_macros.insert(name.to_string(), module);
        }
        self.read(rules.stream(), Place { defines: false, in_macro: true });
        4
    }

    /// Reads a definition or a path.
    fn read_words(&mut self, tokens: &[TokenTree], place: Place) -> usize {
        let TokenTree::Ident(first) = &tokens[0] else { return 1 };
        if let (true, Some(TokenTree::Ident(name))) = (place.defines, tokens.get(1))
            && ITEMS.iter().any(|keyword| first == keyword)
        {
            self.module().definitions.insert(name.to_string());
            return 1;
        }
        let path = use_tree::path(tokens);
        let length = 3 * path.len() - 2;
        let is_local =
            first == "crate" || (!place.in_macro && (first == "self" || first == "super"));
        if is_local && path.len() > 1 {
            let line = tokens[0].span().start().line;
            self.module().mentions.push(Mention { path, line });
        }
        length
    }
}

/// The attribute that the tokens begin with.
fn attribute(tokens: &[TokenTree]) -> Option<&Group> {
    match tokens {
        [_, TokenTree::Group(group), ..] => Some(group),
        [_, TokenTree::Punct(mark), TokenTree::Group(group), ..] if mark.as_char() == '!' => {
            Some(group)
        }
        _ => None,
    }
}

/// Whether it is `cfg(test)`, or `cfg(all(test, …))`.
fn is_test(attribute: &Group) -> bool {
    let text = attribute.stream().to_string().replace(' ', "");
    text == "cfg(test)" || text.starts_with("cfg(all(test,")
}

fn has_word(group: &Group, word: &str) -> bool {
    group.stream().into_iter().any(|it| matches!(&it, TokenTree::Ident(ident) if ident == word))
}

/// How many tokens the attributes take.
fn skip_attributes(tokens: &[TokenTree]) -> usize {
    let mut length = 0;
    while tokens.get(length).is_some_and(|it| is_punct(it, '#')) {
        length += 2;
    }
    length
}

/// How many tokens `pub` or `pub(…)` takes.
fn skip_visibility(tokens: &[TokenTree]) -> usize {
    match tokens {
        [TokenTree::Ident(word), TokenTree::Group(_), ..] if word == "pub" => 2,
        [TokenTree::Ident(word), ..] if word == "pub" => 1,
        _ => 0,
    }
}

/// Up to its block, or its semicolon; braces of a `use` end nothing.
fn length_of_item(tokens: &[TokenTree]) -> usize {
    let is_use = tokens.iter().take(3).any(|it| matches!(it, TokenTree::Ident(it) if it == "use"));
    let ends = |token: &TokenTree| match token {
        TokenTree::Group(group) => !is_use && group.delimiter() == Delimiter::Brace,
        other => is_punct(other, ';'),
    };
    tokens.iter().position(ends).map_or(tokens.len(), |end| end + 1)
}

/// Whether the tokens end with `name!` or `name! word`.
fn is_macro_call(tokens: &[TokenTree]) -> bool {
    match tokens {
        [.., mark] if is_punct(mark, '!') => true,
        [.., mark, TokenTree::Ident(_)] => is_punct(mark, '!'),
        _ => false,
    }
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(it) if it.as_char() == wanted)
}
