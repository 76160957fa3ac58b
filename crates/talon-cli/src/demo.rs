//! `talon demo`

use std::sync::Arc;

use clap::{Arg, ArgAction, ArgMatches, Command};
use talon_client::ClientConfig;
use talon_core::IntegrationApi;
use talon_fake::{Fake, World};
use talon_server::RunningServer;

use crate::{CliError, transport};

mod audiences;
mod campaigns;
mod cards;
mod catalogs;
mod effects;
mod loyalty;
mod printer;
mod scenario;
mod sessions;
mod today;

use printer::StepPrinter;

pub(crate) fn command() -> Command {
    Command::new("demo")
        .about("Makes example calls to the fake and prints them")
        .after_help(
            "Each step prints the request (→), the effects of the reply (←) and the price of the cart. \
             The output is the same for every transport. With reqwest and hyper, the fake is served on \
             a free port of this machine.",
        )
        .arg(transport::option(&["fake", "reqwest", "hyper"]))
        .arg(
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .help("Print each step as a JSON object on one line"),
        )
}

pub(crate) async fn run(matches: &ArgMatches) -> Result<(), CliError> {
    let world =
        loyalty::add_to(World::demo().campaign(today::campaign()).campaign(cards::campaign()));
    let fake = Fake::new(world).map_err(|error| CliError::usage(error.to_string()))?;
    let (api, server) = connect(&fake, transport::name(matches)).await?;
    let mut printer = StepPrinter::new(matches.get_flag("json"));
    scenario::run(&*api, &fake.clock(), &mut printer).await?;
    if let Some(server) = server {
        server.shutdown().await;
    }
    Ok(())
}

/// The API over the transport `name`, and the server of the fake unless it is called in process.
async fn connect(
    fake: &Fake,
    name: &str,
) -> Result<(Arc<dyn IntegrationApi>, Option<RunningServer>), CliError> {
    if name == "fake" {
        eprintln!("talon: calling the fake in this process");
        return Ok((fake.api(), None));
    }
    let server = fake
        .serve()
        .await
        .map_err(|error| CliError::usage(format!("cannot serve the fake: {error}")))?;
    eprintln!("talon: calling {} over {name}", server.url());
    let key =
        fake.application().api_keys.first().map(|known| known.key.clone()).unwrap_or_default();
    let config = ClientConfig::new(server.url()).api_key(key);
    Ok((transport::connect(name, config)?, Some(server)))
}
