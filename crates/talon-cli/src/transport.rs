//! The option `--transport`.

use std::sync::Arc;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgMatches};
use talon_client::ClientConfig;
use talon_core::{IntegrationApi, Result};

/// The option `--transport` with these values, the first of which is the default.
pub(crate) fn option(values: &'static [&'static str]) -> Arg {
    Arg::new("transport")
        .long("transport")
        .value_name("NAME")
        .value_parser(PossibleValuesParser::new(values))
        .default_value(values[0])
        .help("Transport for the calls")
}

pub(crate) fn name(matches: &ArgMatches) -> &str {
    matches.get_one::<String>("transport").map_or("", String::as_str)
}

/// A client over the transport of this name.
pub(crate) fn connect(name: &str, config: ClientConfig) -> Result<Arc<dyn IntegrationApi>> {
    Ok(match name {
        "hyper" => Arc::new(talon_hyper::connect(config)?),
        _ => Arc::new(talon_reqwest::connect(config)?),
    })
}
