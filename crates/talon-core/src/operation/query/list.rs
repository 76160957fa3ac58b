//! Comma-separated lists.

use std::ops::Deref;

use super::QueryParam;
use crate::param::{ParamFormat, QueryValue};

/// A list in one query parameter, joined by commas: `ids=1,2,3`. An empty list is left out.
///
/// ```
/// use talon_core::operation::{CommaSeparated, QueryParam};
///
/// let ids = CommaSeparated::from_iter([1, 2, 3]);
/// assert_eq!(ids.to_query(), Ok(vec!["1,2,3".to_owned()]));
/// assert_eq!(CommaSeparated::from_query(&["1,2", "3"]), Ok(ids));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommaSeparated<T>(Vec<T>);

impl<T> Default for CommaSeparated<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Deref for CommaSeparated<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> FromIterator<T> for CommaSeparated<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

impl<T> From<Vec<T>> for CommaSeparated<T> {
    fn from(values: Vec<T>) -> Self {
        Self(values)
    }
}

impl<T: QueryValue> QueryParam for CommaSeparated<T> {
    const FORMAT: ParamFormat = T::FORMAT;
    const IS_LIST: bool = true;

    /// # Errors
    /// When an element is empty or contains a comma: the list would be read with other elements.
    fn to_query(&self) -> Result<Vec<String>, String> {
        let texts: Vec<String> = self.iter().map(T::to_text).collect();
        if texts.iter().any(|text| text.is_empty() || text.contains(',')) {
            return Err("has an element that is empty or contains a comma".to_owned());
        }
        Ok(if texts.is_empty() { Vec::new() } else { vec![texts.join(",")] })
    }

    /// Accepts a repeated parameter as well, and skips empty elements.
    fn from_query(values: &[&str]) -> Result<Self, String> {
        let texts = values.iter().flat_map(|value| value.split(',')).filter(|it| !it.is_empty());
        texts.map(T::from_text).collect()
    }
}

/// Elements are neither empty nor contain a comma.
#[cfg(feature = "proptest")]
impl<T: QueryValue + crate::arbitrary::Generate> crate::arbitrary::Generate for CommaSeparated<T> {
    fn strategy() -> proptest::strategy::BoxedStrategy<Self> {
        use proptest::strategy::Strategy;

        let is_element = |element: &T| {
            let text = element.to_text();
            !text.is_empty() && !text.contains(',')
        };
        let element = T::strategy().prop_filter("it is no element", is_element);
        proptest::collection::vec(element, 0..=3).prop_map(Self::from).boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_list_is_left_out() {
        assert_eq!(CommaSeparated::<i64>::default().to_query(), Ok(Vec::new()));
        assert_eq!(CommaSeparated::<i64>::from_query(&[""]), Ok(CommaSeparated::default()));
    }

    #[test]
    fn elements_that_would_become_others_are_refused() {
        for text in ["", "a,b"] {
            assert!(CommaSeparated::from_iter([text.to_owned()]).to_query().is_err(), "{text}");
        }
    }

    #[test]
    fn an_element_that_does_not_fit_is_told() {
        let error = CommaSeparated::<i64>::from_query(&["1,two"]).unwrap_err();

        assert_eq!(error, "must be a whole number");
    }
}
