//! `--world`: what the server begins with.

use clap::ArgMatches;
use talon_fake::{Fake, StateFile, World, WorldError, Worlds};

use super::state;
use crate::{Failure, input};

/// A world, and the file that it stands in; the demo world stands in none.
pub(super) struct WorldFile {
    pub(super) file: String,
    pub(super) world: World,
    text: String,
}

/// The worlds of the state file, or else those of the world files.
pub(super) fn worlds(matches: &ArgMatches, state: Option<&StateFile>) -> Result<Worlds, Failure> {
    let files = read_all(matches)?;
    let is_fresh = matches.get_flag("fresh-worlds");
    let kept = state.map_or(Ok(None), state::load)?;
    if let (Some(state), Some(kept)) = (state, &kept) {
        state::tell_of_unused(&files, state, kept, is_fresh);
    }
    let seed = files.first().map_or_else(World::demo, |file| file.world.clone());
    let worlds = match kept {
        Some(worlds) => worlds,
        None => begin(&files)?,
    };
    let worlds = if is_fresh { worlds.fresh(seed) } else { Ok(worlds) };
    worlds.map_err(|error| Failure::usage(error.to_string()))
}

fn read_all(matches: &ArgMatches) -> Result<Vec<WorldFile>, Failure> {
    let names: Vec<_> = matches.get_many::<String>("world").into_iter().flatten().collect();
    if names.iter().filter(|name| *name.as_str() == *input::STDIN).count() > 1 {
        return Err(Failure::usage("--world - can be given once: standard input is read once"));
    }
    names.into_iter().map(|name| WorldFile::read(name)).collect()
}

fn begin(files: &[WorldFile]) -> Result<Worlds, Failure> {
    let Some((first, more)) = files.split_first() else {
        let demo = Fake::new(World::demo());
        return demo.map(Worlds::new).map_err(|error| Failure::usage(error.to_string()));
    };
    let fake = |file: &WorldFile| Fake::new(file.world.clone());
    let first = fake(first).map(Worlds::new).map_err(|error| first.unfit(error))?;
    more.iter().try_fold(first, |worlds, file| {
        fake(file).and_then(|fake| worlds.with(fake)).map_err(|error| file.unfit(error))
    })
}

impl WorldFile {
    fn read(file: &str) -> Result<Self, Failure> {
        let text = input::read(file)?;
        let file = input::name(file).to_owned();
        let world =
            World::from_json(&text).map_err(|error| Failure::usage(format!("{file}: {error}")))?;
        Ok(Self { file, world, text })
    }

    fn unfit(&self, error: WorldError) -> Failure {
        Failure::usage(format!("{}: {}", self.file, error.in_file(&self.text)))
    }
}
