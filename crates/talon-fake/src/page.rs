//! Pages of lists.

use talon_core::{ApiError, Problem};

/// Most rows of a page.
const MAX_SIZE: i64 = 1000;

/// Which part of a list a request asks for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageRequest {
    pub(crate) size: usize,
    pub(crate) skip: usize,
}

/// A part of a list.
#[derive(Debug, PartialEq)]
pub(crate) struct Page<T> {
    pub(crate) rows: Vec<T>,
    /// Whether the list has rows after these.
    pub(crate) has_more: bool,
}

impl PageRequest {
    /// Size of a page where neither the request nor the operation names one.
    pub(crate) const SIZE: i64 = 50;

    /// The page that `pageSize` and `skip` ask for.
    ///
    /// # Errors
    /// A 400 for a size other than 1 to 1000, and for a negative `skip`.
    pub(crate) fn new(
        page_size: Option<i64>,
        skip: Option<i64>,
        default_size: i64,
    ) -> Result<Self, ApiError> {
        let size = page_size.unwrap_or(default_size);
        if !(1..=MAX_SIZE).contains(&size) {
            let details = format!("must be 1 to {MAX_SIZE}");
            return Err(ApiError::invalid(Problem::parameter("pageSize", "Invalid", details)));
        }
        let Ok(skip) = usize::try_from(skip.unwrap_or(0)) else {
            let details = "must be 0 or more";
            return Err(ApiError::invalid(Problem::parameter("skip", "Invalid", details)));
        };
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        Ok(Self { size, skip })
    }

    /// The page of a list; empty after its end. Reads one row more than the page has.
    pub(crate) fn page<T>(self, list: impl IntoIterator<Item = T>) -> Page<T> {
        let mut list = list.into_iter().skip(self.skip);
        let rows = list.by_ref().take(self.size).collect();
        Page { rows, has_more: list.next().is_some() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(size: i64, skip: i64) -> (Vec<i32>, bool) {
        let request = PageRequest::new(Some(size), Some(skip), PageRequest::SIZE).unwrap();
        let Page { rows, has_more } = request.page([1, 2, 3]);
        (rows, has_more)
    }

    #[test]
    fn pages_follow_each_other_without_a_gap() {
        assert_eq!(page(2, 0), (vec![1, 2], true));
        assert_eq!(page(2, 2), (vec![3], false));
        assert_eq!(page(3, 0), (vec![1, 2, 3], false));
        assert_eq!(page(1, i64::MAX), (vec![], false));
    }

    #[test]
    fn other_sizes_are_refused() {
        for size in [0, -1, 1001] {
            let refusal = PageRequest::new(Some(size), None, PageRequest::SIZE).unwrap_err();
            assert_eq!(refusal.problems()[0].source.parameter.as_deref(), Some("pageSize"));
        }
        let refusal = PageRequest::new(None, Some(-1), PageRequest::SIZE).unwrap_err();
        assert_eq!(refusal.problems()[0].source.parameter.as_deref(), Some("skip"));
        assert!(PageRequest::new(Some(1000), Some(0), PageRequest::SIZE).is_ok());
    }
}
