//! `--world`: the worlds that the server starts with.

use clap::{Arg, ArgAction, ArgMatches};
use talon_fake::world::KeyType;
use talon_fake::{Fake, StateFile, World, Worlds};

use super::state;
use crate::world_file::WorldFile;
use crate::{CliError, input};

/// The options `--world` and `--fresh-worlds`, which [`load_worlds`] reads.
pub(crate) fn world_options() -> [Arg; 2] {
    let world = Arg::new("world").long("world").value_name("FILE").action(ArgAction::Append);
    let fresh = Arg::new("fresh-worlds").long("fresh-worlds").action(ArgAction::SetTrue);
    [
        world.help(
            "JSON file with the initial world; - reads standard input; the default is the demo world; \
             may be repeated for several worlds",
        ),
        fresh.help("Create a copy of the first world for each new API key"),
    ]
}

/// The worlds of the state file if it has any, else those of the world files, else the demo world.
///
/// `warn` gets a message for each world file that is not used.
pub(crate) fn load_worlds(
    matches: &ArgMatches,
    state: Option<&StateFile>,
    warn: impl Fn(&str),
) -> Result<Worlds, CliError> {
    let files = read_all(matches)?;
    let fresh_worlds = matches.get_flag("fresh-worlds");
    let restored = state.map_or(Ok(None), state::load)?;
    if let (Some(state), Some(restored)) = (state, &restored) {
        for message in unused(&files, state, restored, fresh_worlds) {
            warn(&message);
        }
    }
    let seed = files.first().map_or_else(World::demo, |file| file.world.clone());
    let worlds = match restored {
        Some(worlds) => worlds,
        None => create(&files)?,
    };
    let worlds = if fresh_worlds { worlds.fresh(seed) } else { Ok(worlds) };
    worlds.map_err(|error| CliError::usage(error.to_string()))
}

/// The first key with which requests are executed, or else are at least dry runs; `None` where no key
/// of the world is valid.
pub(crate) fn valid_key(fake: &Fake) -> Option<String> {
    let now = fake.clock().now();
    let mut keys = fake.application().api_keys;
    keys.retain(|key| key.expires.is_none_or(|expires| now < expires));
    // The order of the world stays within each type.
    keys.sort_by_key(|key| key.key_type != KeyType::Production);
    keys.into_iter().next().map(|key| key.key)
}

/// Says which world files are not used, since the state was created from different worlds.
fn unused(
    files: &[WorldFile],
    state: &StateFile,
    restored: &Worlds,
    fresh_worlds: bool,
) -> Vec<String> {
    let restored: Vec<_> = restored.all().iter().map(Fake::world).collect();
    let path = state.path().display();
    let except = if fresh_worlds { " except for new API keys" } else { "" };
    let unused = files.iter().filter(|file| !restored.contains(&file.world));
    let message = |WorldFile { file, .. }: &WorldFile| {
        format!(
            "the world {file} is not used{except}: the state {path} was created from a different \
             world. To start again with {file}, move {path} away; to seed the running server with \
             {file}, POST it to /_fake/seed"
        )
    };
    unused.map(message).collect()
}

fn read_all(matches: &ArgMatches) -> Result<Vec<WorldFile>, CliError> {
    let names: Vec<_> = matches.get_many::<String>("world").into_iter().flatten().collect();
    if names.iter().filter(|name| *name.as_str() == *input::STDIN).count() > 1 {
        return Err(CliError::usage("--world - cannot be repeated: standard input is read once"));
    }
    names.into_iter().map(|name| WorldFile::read(name)).collect()
}

fn create(files: &[WorldFile]) -> Result<Worlds, CliError> {
    let Some((first, more)) = files.split_first() else {
        let demo = Fake::new(World::demo());
        return demo.map(Worlds::new).map_err(|error| CliError::usage(error.to_string()));
    };
    let worlds = first.fake().map(Worlds::new).map_err(|error| first.invalid(error))?;
    more.iter().try_fold(worlds, |worlds, file| {
        file.fake().and_then(|fake| worlds.with(fake)).map_err(|error| file.invalid(error))
    })
}
