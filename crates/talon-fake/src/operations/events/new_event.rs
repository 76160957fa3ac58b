//! Checks that events of V2 and V3 share.

use talon_core::model::{NewEventV2, NewEventV3, ResponseContent};
use talon_core::operation::YesNo;
use talon_core::{ApiError, Attributes, Problem, ProfileId};

use super::check_type;
use crate::operations::validate::Problems;
use crate::state::Transaction;

/// Members that events of V2 and V3 have in common.
pub(super) struct NewEventFields<'a> {
    profile: &'a str,
    store: Option<&'a str>,
    event_type: &'a str,
    attributes: Option<&'a Attributes>,
    cards: &'a [String],
    content: Option<&'a [ResponseContent]>,
}

impl<'a> From<&'a NewEventV2> for NewEventFields<'a> {
    fn from(event: &'a NewEventV2) -> Self {
        Self {
            profile: event.profile_id.as_ref().map_or("", ProfileId::as_str),
            store: event.store_integration_id.as_deref(),
            event_type: &event.event_type,
            attributes: event.attributes.as_ref(),
            cards: event.loyalty_cards.as_deref().unwrap_or_default(),
            content: event.response_content.as_deref(),
        }
    }
}

impl<'a> From<&'a NewEventV3> for NewEventFields<'a> {
    fn from(event: &'a NewEventV3) -> Self {
        Self {
            profile: event.profile_id.as_str(),
            store: event.store_integration_id.as_deref(),
            event_type: &event.event_type,
            attributes: event.attributes.as_ref(),
            cards: event.loyalty_cards.as_deref().unwrap_or_default(),
            content: event.response_content.as_deref(),
        }
    }
}

impl NewEventFields<'_> {
    /// Checks them; `members` are those that the reply may hold on request.
    pub(super) fn check(
        &self,
        problems: &mut Problems,
        tx: &Transaction<'_>,
        members: &[ResponseContent],
        is_dry: bool,
    ) {
        problems.id("/profileId", self.profile);
        problems.store("/storeIntegrationId", self.store, tx.state.stores.as_ref());
        problems.loyalty_cards("/loyaltyCards", self.cards);
        check_type(problems, tx, self.event_type, self.attributes);
        problems.response_content(self.content, members);
        if !is_dry {
            problems.no_eligibility(self.content);
        }
    }
}

pub(super) fn check_complete_evaluation(
    forced: Option<bool>,
    is_dry: bool,
) -> Result<(), ApiError> {
    if forced != Some(true) || is_dry {
        return Ok(());
    }
    let name = "forceCompleteEvaluation";
    let details = "can be given with dry=true alone";
    Err(ApiError::invalid(Problem::parameter(name, "Invalid", details)))
}

/// Whether the reply has no body, which is the default.
pub(super) fn is_silent(silent: Option<YesNo>) -> bool {
    silent != Some(YesNo::No)
}
