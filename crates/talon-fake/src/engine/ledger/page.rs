//! Pages of lists.

/// Which part of a list a page is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Window {
    pub(crate) skip: usize,
    pub(crate) size: usize,
}

/// A page of a list.
#[derive(Debug, PartialEq)]
pub(crate) struct Page<T> {
    pub(crate) rows: Vec<T>,
    pub(crate) has_more: bool,
}

impl Window {
    /// The page of a list. Reads one row more than the page has.
    pub(super) fn page<T>(self, list: impl Iterator<Item = T>) -> Page<T> {
        let mut list = list.skip(self.skip);
        let rows = list.by_ref().take(self.size).collect();
        Page { rows, has_more: list.next().is_some() }
    }
}
