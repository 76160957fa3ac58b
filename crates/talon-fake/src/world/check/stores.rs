//! Stores that requests name.

use super::check_ids;
use crate::world::{Store, WorldError};

/// Maximum number of characters of an integration id.
const MAX_ID: usize = 1000;

pub(super) fn check(stores: &[Store]) -> Result<(), WorldError> {
    check_ids("stores", stores.iter().map(|store| store.id))?;
    for (index, store) in stores.iter().enumerate() {
        let at = |reason| WorldError::at(format!("stores[{index}].integrationId"), reason);
        let id = &store.integration_id;
        if !(1..=MAX_ID).contains(&id.chars().count()) {
            return Err(at("must have 1 to 1000 characters"));
        }
        if stores[..index].iter().any(|earlier| earlier.integration_id == *id) {
            return Err(at("another one has this id"));
        }
    }
    Ok(())
}
