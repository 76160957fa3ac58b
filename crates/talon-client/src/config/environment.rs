//! Configuration from the environment.

use std::env::VarError;

use talon_core::{Error, ErrorKind, Result};

use super::ClientConfig;

/// Reads a configuration; `variable` looks up environment variables, or values of a test.
pub(super) fn read(
    variable: impl Fn(&'static str) -> Result<String, VarError>,
) -> Result<ClientConfig> {
    let required = |name| match variable(name) {
        Ok(value) if !value.trim().is_empty() => Ok(value.trim().to_owned()),
        Ok(_) => Err(missing(name, "is empty")),
        Err(VarError::NotPresent) => Err(missing(name, "is not set")),
        // The source contains the value, which may be a key, so it is left out.
        Err(VarError::NotUnicode(_)) => Err(missing(name, "is not Unicode")),
    };
    Ok(ClientConfig::new(required("TALON_BASE_URL")?).api_key(required("TALON_API_KEY")?))
}

fn missing(name: &str, what: &str) -> Error {
    Error::new(ErrorKind::Config, format!("the environment variable {name} {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn url_and_key_are_read_without_blanks() {
        let config = read(|name| Ok(format!("{name}\n"))).unwrap();

        assert_eq!(config.base_url, "TALON_BASE_URL");
        assert!(config.api_key.unwrap().matches("TALON_API_KEY"));
    }

    #[test]
    fn what_is_missing_is_named() {
        let error = read(|name| match name {
            "TALON_BASE_URL" => Ok("https://demo.talon.one".to_owned()),
            _ => Err(VarError::NotPresent),
        })
        .unwrap_err();

        assert_eq!(error.kind(), ErrorKind::Config);
        assert_eq!(error.to_string(), "the environment variable TALON_API_KEY is not set");
    }

    #[test]
    fn an_empty_variable_is_a_mistake() {
        let error = read(|_| Ok(" ".to_owned())).unwrap_err();

        assert_eq!(error.to_string(), "the environment variable TALON_BASE_URL is empty");
    }
}
