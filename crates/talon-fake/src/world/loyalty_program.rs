//! Loyalty programs.

use serde::{Deserialize, Serialize};
use talon_core::LoyaltyProgramId;

use super::World;

/// A loyalty program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(from = "LoyaltyProgramFile")]
pub struct LoyaltyProgram {
    /// Its id.
    pub id: LoyaltyProgramId,
    /// Internal name.
    pub name: String,
    /// Name shown to customers.
    pub title: String,
}

/// A loyalty program in a world file.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "LoyaltyProgram"))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct LoyaltyProgramFile {
    /// Its id.
    id: LoyaltyProgramId,
    /// Internal name; `program7` unless given, with its id.
    #[serde(default)]
    name: Option<String>,
    /// Name shown to customers; `Program 7` unless given, with its id.
    #[serde(default)]
    title: Option<String>,
}

impl From<LoyaltyProgramFile> for LoyaltyProgram {
    fn from(file: LoyaltyProgramFile) -> Self {
        let named = Self::new(file.id);
        Self {
            id: file.id,
            name: file.name.unwrap_or(named.name),
            title: file.title.unwrap_or(named.title),
        }
    }
}

impl LoyaltyProgram {
    /// A program named after its id.
    pub fn new(id: impl Into<LoyaltyProgramId>) -> Self {
        let id = id.into();
        Self { id, name: format!("program{id}"), title: format!("Program {id}") }
    }
}

impl World {
    /// Adds a loyalty program.
    #[must_use]
    pub fn loyalty_program(mut self, program: LoyaltyProgram) -> Self {
        self.loyalty_programs.push(program);
        self
    }
}
