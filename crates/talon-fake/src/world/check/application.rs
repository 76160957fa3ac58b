//! The application and its keys.

use crate::time::can_be_shown;
use crate::world::{Application, WorldError};
use crate::zone::Zone;

/// Checks keys and time zone.
pub(super) fn check(application: &Application) -> Result<(), WorldError> {
    let keys = &application.api_keys;
    for (index, key) in keys.iter().enumerate() {
        let place = || format!("application.apiKeys[{index}]");
        if key.key.is_empty() {
            return Err(WorldError::at(place(), "a key must not be empty"));
        }
        if key.expires.is_some_and(|expires| !can_be_shown(expires)) {
            let reason = "must be within the years 1 to 9999";
            return Err(WorldError::at(place() + ".expires", reason));
        }
        if keys[..index].iter().any(|earlier| earlier.key == key.key) {
            return Err(WorldError::at(place(), "the same key stands here twice"));
        }
    }
    let key = &application.application_key;
    if key.is_empty() || !key.len().is_multiple_of(2) || !key.bytes().all(|b| b.is_ascii_hexdigit())
    {
        let reason = "must be hex digits, two for each byte";
        return Err(WorldError::at("application.applicationKey", reason));
    }
    if Zone::named(&application.time_zone).is_none() {
        let reason = "must be an IANA name such as Europe/Berlin";
        return Err(WorldError::at("application.timeZone", reason));
    }
    Ok(())
}
