//! Modes of evaluation groups.

use crate::wire::open_enum;

open_enum! {
    /// How an evaluation group selects among its campaigns.
    ///
    /// Not in the API of June 2020. The specification lists no values, its examples are
    /// `stackable`.
    pub enum EvaluationGroupMode {
        /// Applies all its campaigns.
        Stackable = "stackable",
    }
}
