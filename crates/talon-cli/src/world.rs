//! `talon world`

use clap::{Arg, ArgMatches, Command};

use crate::world_file::WorldFile;
use crate::{CliError, input, output};

const NEW: &str = include_str!("world/new.json");

const AFTER_HELP: &str = "\
Examples:
  talon world new > world.json
  talon world check world.json
  talon serve --world world.json

An editor completes the members of a world file when its member $schema names
the output of `talon world schema`.";

pub(crate) fn command() -> Command {
    Command::new("world")
        .about("Creates and checks world files, the data that a fake begins with")
        .after_help(AFTER_HELP)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(
            Command::new("check")
                .about("Checks a world file, and prints what it has")
                .arg(Arg::new("file").value_name("FILE").required(true).help(input::HELP)),
        )
        .subcommand(
            Command::new("new").about("Prints a world with one of each, to start from, as JSON"),
        )
        .subcommand(Command::new("schema").about("Prints the JSON Schema of world files"))
}

pub(crate) fn run(matches: &ArgMatches) -> Result<(), CliError> {
    match matches.subcommand() {
        Some(("check", matches)) => check(matches),
        Some(("schema", _)) => output::print_line(talon_fake::WORLD_SCHEMA.trim_end()),
        _ => output::print_line(NEW.trim_end()),
    }
}

fn check(matches: &ArgMatches) -> Result<(), CliError> {
    let file = matches.get_one::<String>("file").map_or(input::STDIN, String::as_str);
    let file = WorldFile::read(file)?;
    file.fake().map_err(|error| file.invalid(error))?;
    output::print_line(&format!("{}: a valid world with {}", file.file, contents(&file)))
}

/// Numbers of what the world has, such as `1 campaign, 2 coupons`.
fn contents(file: &WorldFile) -> String {
    let world = &file.world;
    let campaigns = &world.campaigns;
    let counts = [
        (campaigns.len(), "campaign"),
        (campaigns.iter().map(|campaign| campaign.rules.len()).sum(), "rule"),
        (campaigns.iter().map(|campaign| campaign.coupons.len()).sum(), "coupon"),
        (campaigns.iter().map(|campaign| campaign.referrals.len()).sum(), "referral"),
        (world.profiles.len(), "profile"),
        (world.loyalty_programs.len(), "loyalty program"),
        (world.loyalty_cards.len(), "loyalty card"),
        (world.audiences.len(), "audience"),
        (world.achievements.len(), "achievement"),
        (world.giveaway_pools.len(), "giveaway pool"),
        (world.catalogs.len(), "catalog"),
    ];
    let present = counts.into_iter().filter(|(count, _)| *count > 0);
    let present: Vec<_> =
        present.map(|(count, noun)| format!("{count} {noun}{}", plural(count))).collect();
    if present.is_empty() { "nothing in it".to_owned() } else { present.join(", ") }
}

const fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
