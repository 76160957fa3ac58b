//! Which module a path leads to.

use super::{Modules, ROOT};

/// More steps than any chain of re-exports takes; `use a::a` of another crate has no end.
const MAX_STEPS: usize = 32;

impl Modules {
    /// The module that defines what the path names, re-exports followed; `None` for other crates.
    pub(super) fn resolve(&self, from: &str, path: &[String]) -> Option<String> {
        self.resolve_within(from, path, MAX_STEPS)
    }

    fn resolve_within(&self, from: &str, path: &[String], steps: usize) -> Option<String> {
        let steps = steps.checked_sub(1)?;
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => self.descend(ROOT, rest, steps),
            "self" => self.descend(from, rest, steps),
            "super" => {
                let (parent, _) = from.rsplit_once("::")?;
                let further = rest.first().is_some_and(|it| it == "super");
                if further {
                    self.resolve_within(parent, rest, steps)
                } else {
                    self.descend(parent, rest, steps)
                }
            }
            name if self.has(from, name, steps) => self.descend(from, path, steps),
            _ => None,
        }
    }

    /// Follows `path` from a module; what no declaration explains is an item of a macro, there.
    fn descend(&self, module: &str, path: &[String], steps: usize) -> Option<String> {
        let steps = steps.checked_sub(1)?;
        let Some((name, rest)) = path.split_first() else { return Some(module.to_owned()) };
        let child = format!("{module}::{name}");
        if self.by_path.contains_key(&child) {
            return self.descend(&child, rest, steps);
        }
        let this = self.by_path.get(module)?;
        if let Some(target) = this.imports.get(name) {
            let target: Vec<String> = target.iter().chain(rest).cloned().collect();
            return self.resolve_within(module, &target, steps);
        }
        if this.definitions.contains(name) {
            return Some(module.to_owned());
        }
        for glob in &this.globs {
            let Some(source) = self.resolve_within(module, glob, steps) else { continue };
            if source != module && self.has(&source, name, steps) {
                return self.descend(&source, path, steps);
            }
        }
        let exported = self.exported_macros.get(name).filter(|_| module == ROOT);
        Some(exported.map_or(module, String::as_str).to_owned())
    }

    /// Whether the module has something of this name.
    fn has(&self, module: &str, name: &str, steps: usize) -> bool {
        let Some(steps) = steps.checked_sub(1) else { return false };
        let Some(this) = self.by_path.get(module) else { return false };
        self.by_path.contains_key(&format!("{module}::{name}"))
            || this.definitions.contains(name)
            || this.imports.contains_key(name)
            || this.globs.iter().any(|glob| {
                let source = self.resolve_within(module, glob, steps);
                source.is_some_and(|source| source != module && self.has(&source, name, steps))
            })
    }
}
