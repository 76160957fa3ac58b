//! Generated requests, and the changes that their replies make to the expected state.

use arbitrary::{Result, Unstructured};
use talon_core::Attributes;
use talon_core::api::Call;
use talon_fake::Fake;

use super::expected::Expected;
use super::values::{KnownCodes, once_in, one_of};

mod audiences;
mod cards;
mod coupons;
mod events;
mod profiles;
mod referrals;
mod sessions;

/// An operation that sequences generate, and whose effects [`Expected`] models.
pub(super) trait GenerateRequest: Call {
    fn generate(bytes: &mut Unstructured<'_>, codes: &KnownCodes) -> Result<Self>;

    /// Whether the request must not change the state.
    fn is_dry(&self) -> bool {
        false
    }

    /// Applies a successful reply to the expected state. It is not called for dry runs.
    fn record(
        &self,
        reply: &Self::Reply,
        fake: &Fake,
        expected: &mut Expected,
        codes: &mut KnownCodes,
    ) {
        let _ = (reply, fake, expected, codes);
    }
}

fn attributes(bytes: &mut Unstructured<'_>) -> Result<Attributes> {
    Ok(Attributes::new().with("Tier", one_of(bytes, &["gold", "silver"])?))
}

fn dry(bytes: &mut Unstructured<'_>) -> Result<Option<bool>> {
    if once_in(bytes, 8)? { bytes.arbitrary().map(Some) } else { Ok(None) }
}
