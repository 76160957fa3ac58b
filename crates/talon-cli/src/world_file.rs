//! World files.

use talon_fake::{Fake, World, WorldError};

use crate::{CliError, input};

/// A world and the file that it was read from.
pub(crate) struct WorldFile {
    pub(crate) file: String,
    pub(crate) world: World,
    text: String,
}

impl WorldFile {
    /// Reads a file, or standard input for `-`.
    pub(crate) fn read(file: &str) -> Result<Self, CliError> {
        let text = input::read(file)?;
        let file = input::name(file).to_owned();
        let world =
            World::from_json(&text).map_err(|error| CliError::usage(format!("{file}: {error}")))?;
        Ok(Self { file, world, text })
    }

    /// A fake of this world.
    pub(crate) fn fake(&self) -> Result<Fake, WorldError> {
        Fake::new(self.world.clone())
    }

    /// The error with the name of the file, line and column.
    pub(crate) fn invalid(&self, error: WorldError) -> CliError {
        CliError::usage(format!("{}: {}", self.file, error.in_file(&self.text)))
    }
}
