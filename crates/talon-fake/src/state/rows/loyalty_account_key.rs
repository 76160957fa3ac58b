//! Keys of loyalty accounts.

use std::fmt;
use std::str::FromStr;

use talon_core::{LoyaltyCardIdentifier, LoyaltyProgramId, ProfileId};

use super::LoyaltyCardKey;
use crate::state::key_text::{self, text_key};

/// Who owns points.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum LedgerOwner {
    Profile(ProfileId),
    Card(LoyaltyCardIdentifier),
}

/// An owner's account in a loyalty program.
///
/// Its text is such as `1/profile/anna`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct LoyaltyAccountKey {
    pub(crate) program: LoyaltyProgramId,
    pub(crate) owner: LedgerOwner,
}

impl LoyaltyAccountKey {
    pub(crate) fn new(program: LoyaltyProgramId, owner: LedgerOwner) -> Self {
        Self { program, owner }
    }

    pub(crate) fn of_profile(program: LoyaltyProgramId, profile: &ProfileId) -> Self {
        Self::new(program, LedgerOwner::Profile(profile.clone()))
    }

    pub(crate) fn of_card(card: &LoyaltyCardKey) -> Self {
        Self::new(card.program, LedgerOwner::Card(card.identifier.clone()))
    }
}

impl fmt::Display for LoyaltyAccountKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, id) = match &self.owner {
            LedgerOwner::Profile(id) => ("profile", id.as_str()),
            LedgerOwner::Card(id) => ("card", id.as_str()),
        };
        write!(f, "{}/", self.program)?;
        key_text::write(f, [kind, id])
    }
}

impl FromStr for LoyaltyAccountKey {
    type Err = key_text::ParseKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = key_text::parts(text);
        let program = key_text::number::<i64>(parts.next())?.into();
        let (kind, id) = (parts.next(), parts.next().ok_or(key_text::ParseKeyError)?);
        let owner = match (kind.as_deref(), parts.next()) {
            (Some("profile"), None) => LedgerOwner::Profile(id.into()),
            (Some("card"), None) => LedgerOwner::Card(id.into()),
            _ => return Err(key_text::ParseKeyError),
        };
        Ok(Self { program, owner })
    }
}

text_key!(LoyaltyAccountKey);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_a_key_is_read_back() {
        for owner in [LedgerOwner::Profile("a/b%".into()), LedgerOwner::Card("".into())] {
            let key = LoyaltyAccountKey::new(7.into(), owner);
            assert_eq!(key.to_string().parse::<LoyaltyAccountKey>(), Ok(key));
        }
        for text in ["", "7", "7/profile", "7/shop/x", "7/card/a/b", "+7/card/a"] {
            assert!(text.parse::<LoyaltyAccountKey>().is_err(), "{text}");
        }
    }
}
