//! Generated requests: events.

use arbitrary::{Result, Unstructured};
use talon_core::prelude::*;
use talon_fake::Fake;

use super::{GenerateRequest, dry};
use crate::sequence::expected::{Expected, effects_of_event};
use crate::sequence::values::{EVENTS, KnownCodes, PROFILES, SESSIONS, maybe, one_of};

impl GenerateRequest for TrackEvent {
    fn generate(bytes: &mut Unstructured<'_>, _: &KnownCodes) -> Result<Self> {
        let mut event = NewEvent::new(one_of(bytes, EVENTS)?, one_of(bytes, SESSIONS)?);
        event.profile_id = maybe(bytes, |bytes| one_of(bytes, PROFILES))?.map(Into::into);
        Ok(Self { dry: dry(bytes)?, ..Self::new(event) })
    }

    fn is_dry(&self) -> bool {
        self.dry == Some(true)
    }

    fn record(
        &self,
        reply: &IntegrationState,
        fake: &Fake,
        expected: &mut Expected,
        codes: &mut KnownCodes,
    ) {
        let effects = effects_of_event(&reply.event, reply.coupon.as_ref());
        expected.track_event(fake, &self.event.session_id, &effects);
        codes.add_created(&effects);
    }
}
