//! Pages of lists.

use talon_core::{ApiError, Problem};

/// Most items of a page.
const MAX_SIZE: i64 = 1000;

/// Which part of a list a request asks for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    pub(super) size: usize,
    pub(super) skip: usize,
}

/// A part of a list.
#[derive(Debug, PartialEq)]
pub(super) struct Part<T> {
    pub(super) data: Vec<T>,
    /// Whether items follow behind it.
    pub(super) has_more: bool,
    /// Number of items of the whole list.
    pub(super) total: i64,
}

impl Page {
    /// Size of a page where neither the request nor the operation names one.
    pub(super) const SIZE: i64 = 50;

    /// The page that `pageSize` and `skip` ask for.
    ///
    /// # Errors
    /// A 400 for a size other than 1 to 1000, and for a negative `skip`.
    pub(super) fn new(
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

    /// The part of a list; empty behind its end.
    pub(super) fn of<T>(self, all: Vec<T>) -> Part<T> {
        let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
        let has_more = all.len().saturating_sub(self.skip) > self.size;
        let data = all.into_iter().skip(self.skip).take(self.size).collect();
        Part { data, has_more, total }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(size: i64, skip: i64) -> Part<i32> {
        Page::new(Some(size), Some(skip), Page::SIZE).unwrap().of(vec![1, 2, 3])
    }

    #[test]
    fn pages_follow_each_other_without_a_gap() {
        assert_eq!(part(2, 0), Part { data: vec![1, 2], has_more: true, total: 3 });
        assert_eq!(part(2, 2), Part { data: vec![3], has_more: false, total: 3 });
        assert_eq!(part(3, 0), Part { data: vec![1, 2, 3], has_more: false, total: 3 });
        assert_eq!(part(1, i64::MAX), Part { data: vec![], has_more: false, total: 3 });
    }

    #[test]
    fn other_sizes_are_refused() {
        for (size, skip) in [(Some(0), None), (Some(-1), None), (Some(1001), None)] {
            let refusal = Page::new(size, skip, Page::SIZE).unwrap_err();
            assert_eq!(refusal.problems()[0].source.parameter.as_deref(), Some("pageSize"));
        }
        let refusal = Page::new(None, Some(-1), Page::SIZE).unwrap_err();
        assert_eq!(refusal.problems()[0].source.parameter.as_deref(), Some("skip"));
        assert!(Page::new(Some(1000), Some(0), Page::SIZE).is_ok());
    }
}
