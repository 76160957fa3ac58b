//! Modes of evaluation groups.

use crate::wire::open_enum;

open_enum! {
    /// How an evaluation group chooses among its campaigns.
    ///
    /// Not in the API of June 2020. The specification lists no values, its examples are
    /// `stackable`.
    pub enum EvaluationGroupMode {
        /// All that apply.
        Stackable = "stackable",
    }
}
