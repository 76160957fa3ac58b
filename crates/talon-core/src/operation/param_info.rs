//! Descriptions of parameters.

use super::{ParamFormat, PathParam, QueryParam};

/// Name and format of a parameter of a path or a query.
///
/// ```
/// use talon_core::operation::ParamFormat;
/// use talon_core::operations::GetLoyaltyProgramProfilePoints;
/// use talon_core::Operation;
///
/// let params = GetLoyaltyProgramProfilePoints::INFO.params;
/// let page_size = params.iter().find(|param| param.name == "pageSize").unwrap();
/// assert_eq!(page_size.format, ParamFormat::Integer);
/// assert!(!page_size.is_list);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParamInfo {
    /// Name in the API.
    pub name: &'static str,
    /// Format of a value.
    pub format: ParamFormat,
    /// Whether it takes several values.
    pub is_list: bool,
}

impl ParamInfo {
    /// A parameter of the path that is this field of a request.
    pub const fn path<R, T: PathParam>(name: &'static str, _: fn(&R) -> &T) -> Self {
        Self { name, format: T::FORMAT, is_list: false }
    }

    /// A parameter of the query that is this field of a request.
    pub const fn query<R, T: QueryParam>(name: &'static str, _: fn(&R) -> &T) -> Self {
        Self { name, format: T::FORMAT, is_list: T::IS_LIST }
    }
}
